import { useState } from 'react';
import { contactResults, type ContactResultWord } from '../../domain/communication/contact-test.ts';
import { Button } from '../../ui/button.tsx';
import { ActionRow } from '../../ui/stack.tsx';

const labels: Readonly<Record<ContactResultWord, string>> = {
  reached: 'Reached',
  'not-reached': 'Not reached',
  'message-left': 'Message left',
};

/** What came of a call, one press each. */
export function ResultButtons({
  name,
  onResult,
}: {
  readonly name: string;
  readonly onResult: (result: ContactResultWord) => Promise<boolean>;
}) {
  const [busy, setBusy] = useState(false);
  return (
    <ActionRow broad>
      {contactResults.map((result) => {
        const words = labels[result];
        return (
          <Button
            key={result}
            disabled={busy}
            {...(result === 'reached' ? { kind: 'primary' as const } : {})}
            aria-label={`${words}: ${name}`}
            onClick={() => {
              setBusy(true);
              void onResult(result).finally(() => setBusy(false));
            }}
          >
            {words}
          </Button>
        );
      })}
    </ActionRow>
  );
}
