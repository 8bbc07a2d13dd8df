import { useId, useRef, useState } from 'react';
import { mailLink } from '../../domain/communication/contact-link.ts';
import { messageFrom, openIn, sentWords, type Message } from '../../domain/communication/message.ts';
import { templateValues } from '../../domain/communication/template-values.ts';
import type { MessageTemplate, Procedure } from '../../domain/plan/plan-item.ts';
import { instant, type Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { newLogEntry } from '../../parts/new-log-entry.ts';
import { usePorts } from '../../parts/ports.tsx';
import { clockTime } from '../../parts/time-words.ts';
import { believedNow } from '../../parts/use-now.ts';
import { useWrite } from '../../parts/use-write.ts';
import type { PlanInSight } from '../../parts/with-plan.tsx';
import { Button, OutsideLink } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { TextAreaField, TextField } from '../../ui/field.tsx';
import { ActionRow, Stack } from '../../ui/stack.tsx';
import { useToast } from '../../ui/toasts.tsx';
import styles from './communications.module.css';

type TemplateCardProps = {
  readonly sight: PlanInSight;
  readonly procedure: Procedure;
  readonly template: MessageTemplate;
  readonly now: Millis;
};

/** A template filled in from the incident; it can be changed before it is copied, mailed or shared. Closed at first. */
export function TemplateCard({ sight, procedure, template, now }: TemplateCardProps) {
  const [opened, setOpened] = useState(false);
  return (
    <details className={styles.template} open={opened} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary className={styles.summary}>
        {template.title}
        <small className={styles.quiet}>
          to {template.audience}, by {template.channel}
        </small>
      </summary>
      {opened ? <MessageForm sight={sight} procedure={procedure} template={template} now={now} /> : null}
    </details>
  );
}

function MessageForm({ sight: { plan, view }, procedure, template, now }: TemplateCardProps) {
  const [edited, setEdited] = useState<Message | null>(null);
  const filled = messageFrom(
    template,
    templateValues(plan, procedure, template.audience, view?.records ?? null, now),
    view?.incident.mode ?? null,
  );
  const message = edited ?? filled;
  const open = openIn(message);
  const openId = useId();
  const whole = message.subject === '' ? message.body : `${message.subject}\n\n${message.body}`;
  return (
    <Stack>
      {message.subject === '' && template.subject === undefined ? null : (
        <TextField
          label="Subject"
          value={message.subject}
          maxLength={400}
          onValue={(subject) => setEdited({ ...message, subject })}
        />
      )}
      <TextAreaField
        label="Text"
        value={message.body}
        rows={Math.min(14, Math.max(6, message.body.split('\n').length + 3))}
        aria-describedby={open.length === 0 ? undefined : openId}
        onValue={(body) => setEdited({ ...message, body })}
      />
      {open.length === 0 ? null : (
        <p id={openId} className={styles.open}>
          <strong>Still open:</strong> {open.join(', ')}. It stands in [brackets]; fill it in before you send.
        </p>
      )}
      <SendActions message={message} whole={whole} open={open} />
      {edited === null ? null : <Button onClick={() => setEdited(null)}>Take the template again</Button>}
      {view === null ? null : <RecordSent view={view} procedure={procedure} template={template} message={message} />}
    </Stack>
  );
}

function SendActions({
  message,
  whole,
  open,
}: {
  readonly message: Message;
  readonly whole: string;
  readonly open: readonly string[];
}) {
  const toast = useToast();
  const busy = useRef(false);
  const left = open.length === 0 ? '' : `. Still open: ${open.join(', ')}`;
  const copy = async () => {
    const copied = await copyText(whole);
    toast({
      words: copied
        ? `Copied${left}`
        : 'Not copied: this browser does not let the app. Press into the text, select it and copy it yourself.',
    });
  };
  const share = async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      await navigator.share({ title: message.subject, text: whole });
    } catch (cause) {
      // Who changed their mind needs no message.
      if (!(cause instanceof DOMException && cause.name === 'AbortError'))
        toast({ words: 'Not shared: this browser does not let the app. Copy the text instead.' });
    } finally {
      busy.current = false;
    }
  };
  return (
    <ActionRow>
      <Button kind="primary" onClick={() => void copy()}>
        Copy
      </Button>
      <OutsideLink href={mailLink(message.subject, message.body)}>Mail</OutsideLink>
      {'share' in navigator ? <Button onClick={() => void share()}>Share</Button> : null}
    </ActionRow>
  );
}

/** Writes into the log what went out to whom. Sending happens elsewhere: only the person knows that it did. */
function RecordSent({
  view,
  procedure,
  template,
  message,
}: {
  readonly view: IncidentView;
  readonly procedure: Procedure;
  readonly template: MessageTemplate;
  readonly message: Message;
}) {
  const { clock, sync, random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [recordedAt, setRecordedAt] = useState<Millis | null>(null);
  if (view.me.access === 'observer') return null;
  const record = async () => {
    setBusy(true);
    const at = believedNow(clock, sync);
    const role = view.myRoles.includes(procedure.owner) ? procedure.owner : (view.myRoles[0] ?? null);
    const words = {
      type: 'message',
      text: sentWords(template, message),
      at: instant(at),
      by: view.me.person,
      role,
    } as const;
    const saved = await write([newLogEntry(view.id, words, at, random)]);
    setBusy(false);
    if (saved === null) return;
    setRecordedAt(at);
    toast({ words: `Recorded in the log: sent to ${template.audience}` });
  };
  return (
    <Stack close>
      <Button disabled={busy} onClick={() => void record()}>
        {recordedAt === null ? 'Record as sent' : 'Record as sent again'}
      </Button>
      {recordedAt === null ? null : (
        <p className={styles.quiet}>Recorded as sent {clockTime(recordedAt, view.incident.zone)}.</p>
      )}
    </Stack>
  );
}
