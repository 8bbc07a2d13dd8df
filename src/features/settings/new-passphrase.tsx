import { useState } from 'react';
import { leastPassphrase, passphraseStrength, passphraseText } from '../../domain/access/passphrase.ts';
import { suggestedPassphrase, suggestionBytes } from '../../domain/access/suggested-passphrase.ts';
import { unreachable } from '../../domain/result.ts';
import { PassphraseField } from '../../parts/passphrase-field.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';

export type ChosenPassphrase = { readonly text: string; readonly again: string };

export const noPassphrase: ChosenPassphrase = { text: '', again: '' };

/** Null: it may be used. */
export function newPassphraseFaults({
  text,
  again,
}: ChosenPassphrase): { readonly text: string | null; readonly again: string | null } | null {
  const strength = passphraseStrength(text);
  if (strength === 'short') return { text: `At least ${String(leastPassphrase)} characters.`, again: null };
  if (strength === 'plain') return { text: 'Too easy to guess: use several words.', again: null };
  return passphraseText(text) === passphraseText(again) ? null : { text: null, again: 'The two are not the same.' };
}

type NewPassphraseProps = {
  readonly chosen: ChosenPassphrase;
  /** Faults are said from the first try on. */
  readonly tried: boolean;
  readonly onChosen: (chosen: ChosenPassphrase) => void;
};

/** A new passphrase, typed twice, with words to take if nothing good comes to mind. */
export function NewPassphrase({ chosen, tried, onChosen }: NewPassphraseProps) {
  const { random } = usePorts();
  const [shown, setShown] = useState(false);
  const faults = tried ? newPassphraseFaults(chosen) : null;
  const suggest = () => {
    setShown(true);
    onChosen({ text: suggestedPassphrase(random.bytes(suggestionBytes)), again: '' });
  };
  return (
    <>
      <PassphraseField
        label="New passphrase"
        hint={strengthWords(chosen.text)}
        value={chosen.text}
        shown={shown}
        onValue={(text) => onChosen({ ...chosen, text })}
        fault={faults?.text ?? null}
      />
      <Button fit onClick={suggest}>
        Suggest six words
      </Button>
      <PassphraseField
        label="The same again"
        value={chosen.again}
        shown={shown}
        onValue={(again) => onChosen({ ...chosen, again })}
        fault={faults?.again ?? null}
      />
      <CheckField label="Show what I type" checked={shown} onChecked={setShown} />
    </>
  );
}

function strengthWords(text: string): string {
  const strength = passphraseStrength(text);
  switch (strength) {
    case 'short':
    case 'plain':
      return 'Four words or more that nobody would put together. Write it down and keep it away from this device.';
    case 'fair':
      return 'Fair. Another word or two makes it good.';
    case 'good':
      return 'Good, if nobody could guess it. Write it down and keep it away from this device.';
    default:
      return unreachable(strength);
  }
}
