import { TextField } from '../ui/field.tsx';

type PassphraseFieldProps = {
  readonly label: string;
  readonly hint?: React.ReactNode;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly fault: string | null;
  /** Readable, for who is alone with it: a long one is easily mistyped. */
  readonly shown: boolean;
  readonly autoFocus?: boolean;
};

/** Typed as it is: no keyboard corrects it, and no browser keeps it. */
export function PassphraseField({ shown, ...rest }: PassphraseFieldProps) {
  return (
    <TextField
      {...rest}
      type={shown ? 'text' : 'password'}
      autoComplete="off"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      maxLength={200}
    />
  );
}
