import { Field } from './field.tsx';
import styles from './field.module.css';

type FileFieldProps = {
  readonly label: string;
  readonly hint?: React.ReactNode;
  readonly fault?: string | null;
  /** As `accept` of an input; other files can still be chosen. */
  readonly accept: string;
  readonly disabled?: boolean;
  readonly onFile: (file: File) => void;
};

/** Chooses one file; the same file can be chosen again after it was refused. */
export function FileField({ label, hint, fault = null, accept, disabled = false, onFile }: FileFieldProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(ids) => (
        <input
          {...ids}
          type="file"
          className={styles.file}
          accept={accept}
          disabled={disabled}
          onClick={(event) => {
            event.currentTarget.value = '';
          }}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) onFile(file);
          }}
        />
      )}
    </Field>
  );
}
