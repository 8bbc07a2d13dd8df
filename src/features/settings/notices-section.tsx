import { useEffect, useState } from 'react';
import type { KnownNotices, ServerFault } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useDeviceWord } from '../../parts/use-device-word.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { endNotices, noticeSupport, takenAt, takeNotices } from './push-subscription.ts';
import { Section } from './section.tsx';

/** What the server and this browser say; `said`: what a press came to. */
type Notices = { readonly known: KnownNotices; readonly here: string | null };
type Said = { readonly tag: 'no' } | { readonly tag: 'fault'; readonly fault: ServerFault };

/** Reminders as notifications, where the server sends them: asked for here by a press, never unasked. */
export function NoticesSection() {
  const { notices, said, busy, take, end } = useNotices();
  const word = useDeviceWord();
  if (notices === null || notices.known.key === null) return null;
  const isOn = notices.here !== null && notices.here === notices.known.endpoint;
  const support = noticeSupport();
  return (
    <Section title="Notifications">
      {isOn ? (
        <Banner tone="good" icon="check" title={`This ${word} is reminded by notification.`}>
          When a coordinator reminds you of what is open on it, also while Holdfast is closed.
        </Banner>
      ) : support === 'none' ? (
        <Banner title="This browser takes no notifications here.">
          On an iPhone or iPad it does once the app is installed.
        </Banner>
      ) : support === 'blocked' ? (
        <Banner title="Notifications are blocked for Holdfast.">
          Allow them for this address in the settings of the browser or the {word}, then come back.
        </Banner>
      ) : (
        <p>
          A coordinator can then remind you of what is open on this {word}, also while Holdfast is closed. Nothing of
          the plan stands in it.
        </p>
      )}
      <div role="status">
        {said === null ? null : (
          <Banner tone="late" icon="warning" title="Nothing was changed.">
            {said.tag === 'fault'
              ? serverFaultWords(said.fault)
              : 'The browser gave no permission, or can’t reach its push service just now.'}
          </Banner>
        )}
      </div>
      {isOn ? (
        <Button disabled={busy} onClick={end}>
          Stop notifications
        </Button>
      ) : support === 'ask' || support === 'allowed' ? (
        <Button disabled={busy} onClick={take}>
          Remind me by notification
        </Button>
      ) : null}
    </Section>
  );
}

function useNotices() {
  const { server } = usePorts();
  const [notices, setNotices] = useState<Notices | null>(null);
  const [said, setSaid] = useState<Said | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    let left = false;
    void Promise.all([server.notices(), takenAt()]).then(([known, here]) => {
      // without an answer there is nothing to offer
      if (!left && known.ok) setNotices({ known: known.value, here });
    });
    return () => {
      left = true;
    };
  }, [server]);
  const run = (job: (of: Notices) => Promise<Said | null>) => () => {
    if (notices === null) return;
    const runNow = async () => {
      setBusy(true);
      setSaid(await job(notices));
      setBusy(false);
    };
    void runNow();
  };
  const take = run(async ({ known }) => {
    const subscription = await takeNotices(known.key ?? '');
    if (subscription === null) return { tag: 'no' };
    const kept = await server.takeNotices(subscription);
    if (!kept.ok) {
      await endNotices();
      return { tag: 'fault', fault: kept.error };
    }
    const { endpoint } = subscription;
    setNotices({ known: { ...known, endpoint }, here: endpoint });
    return null;
  });
  const end = run(async ({ known }) => {
    // once the browser takes none it is done: a server that can't be asked hears it from the push service with the next one
    await endNotices();
    setNotices({ known: { ...known, endpoint: null }, here: null });
    await server.endNotices();
    return null;
  });
  return { notices, said, busy, take, end };
}
