import { useState } from 'react';
import type { WayToReach } from '../../domain/communication/contacts.ts';
import type { Contact } from '../../domain/plan/plan-item.ts';
import { instant } from '../../domain/time.ts';
import { LogDialog } from '../../parts/dialogs.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { usePorts } from '../../parts/ports.tsx';
import { useMe } from '../../parts/use-me.ts';
import { believedNow } from '../../parts/use-now.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ActionRow } from '../../ui/stack.tsx';

type ContactWrongProps = {
  readonly contact: Contact;
  /** The ways are a person's own, which only that person changes. */
  readonly isOwn: boolean;
  readonly ways: readonly WayToReach[];
  readonly view: IncidentView | null;
};

/** What to do about a number that is wrong, for everybody: log it, or put it right where one may. */
export function ContactWrong({ contact, isOwn, ways, view }: ContactWrongProps) {
  const { clock, sync } = usePorts();
  const me = useMe();
  const [found, setFound] = useState<ReturnType<typeof instant> | null>(null);
  const mayCorrect = me?.access === 'coordinator' && !isOwn;
  const mayLog = view !== null && view.me.access !== 'observer';
  return (
    <Card label="If a number is wrong">
      <p>
        <strong>A number is wrong?</strong> {whoCorrects(isOwn, mayCorrect, mayLog)}
      </p>
      <ActionRow>
        {mayCorrect ? <ButtonLink href={`/draft/contact/${contact.id}`}>Put it right in the plan</ButtonLink> : null}
        {mayLog ? (
          <Button onClick={() => setFound(instant(believedNow(clock, sync)))}>Put it in the log…</Button>
        ) : null}
      </ActionRow>
      {view === null || found === null ? null : (
        <LogDialog
          view={view}
          begin={{ type: 'message', at: found, text: wrongWords(contact, ways) }}
          onClose={() => setFound(null)}
        />
      )}
    </Card>
  );
}

function whoCorrects(isOwn: boolean, mayCorrect: boolean, mayLog: boolean): string {
  const logged = mayLog ? ' Until then the log tells everybody.' : '';
  if (isOwn) return `Only this person corrects their own contacts, on the People screen.${logged}`;
  if (mayCorrect) return 'Once you publish, everybody sees the right one here, in an open incident too.';
  return `A coordinator puts it right: tell one.${logged}`;
}

/** Begins the entry; the right number is typed behind it. */
function wrongWords({ name }: Contact, ways: readonly WayToReach[]): string {
  const [only, ...others] = ways;
  const wrong = only === undefined || others.length > 0 ? '' : `${only.value} `;
  return `Contact ${name}: wrong number ${wrong}`;
}
