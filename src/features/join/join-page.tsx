import { useEffect, useState } from 'react';
import { unreachable } from '../../domain/result.ts';
import type { Membership } from '../../domain/ports/device.ts';
import type { JoinFault } from '../../domain/ports/sync-status.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { deviceName } from '../../parts/device-name.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useInstallation } from '../../parts/use-installation.ts';
import { useMembership } from '../../parts/use-me.ts';
import { useSyncStatus } from '../../parts/use-sync-status.ts';
import { spanWords } from '../../parts/time-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/field.tsx';
import { Page } from '../../ui/page.tsx';
import { JoinedPage } from './joined-page.tsx';

/** Gets this device in. The code comes from the link's fragment, or is typed. */
export function JoinPage() {
  const membership = useMembership();
  const { connection } = useSyncStatus();
  const [again, setAgain] = useState(false);
  if (membership === undefined) return null;
  const hasCode = codeInAddress() !== '';
  if (membership.state === 'member' && connection !== 'needs-code' && !again) {
    return <JoinedPage membership={membership} linkWithCode={hasCode} onJoinAgain={() => setAgain(true)} />;
  }
  return <JoinForm known={membership.state} onJoined={() => setAgain(false)} />;
}

/** What joining means for what is on the device already. */
const intro = {
  new: 'Your coordinator gave you a code or a link. It works once.',
  wiped: 'Your coordinator gave you a code or a link. It works once.',
  alone:
    'Connect this device to a server. It sends everything that you have here; what your access there does not allow stays on this device, open to read, and is listed under Refused.',
  member:
    'Join again with a new code from a coordinator. Everything on this device stays and is sent then. If the server is empty, use the set-up code that it printed: this device begins it anew with all it holds.',
} as const;

function JoinForm({ known, onJoined }: { readonly known: Membership['state']; readonly onJoined: () => void }) {
  const { sync, persistence, life } = usePorts();
  const isNew = known !== 'alone' && known !== 'member';
  const [code, setCode] = useState(codeInAddress);
  const [name, setName] = useState('');
  const [fault, setFault] = useState<JoinFault | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    // A link opened while this page is on screen changes only the fragment.
    const take = () => setCode((typed) => codeInAddress() || typed);
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  if (life === 'look-around') {
    return (
      <Page title="Join">
        <Banner title="You are looking around.">
          Nothing of it is ever sent. Leave it first, then join with your code.
        </Banner>
      </Page>
    );
  }
  const join = async () => {
    if (code.trim() === '') return setMissing('Type the code, or open the link you were given.');
    setBusy(true);
    setFault(null);
    const joined = await sync.join(code, name.trim() || null, deviceName());
    if (!joined.ok) {
      setBusy(false);
      return setFault(joined.error);
    }
    // The code is burnt; it has no business in the address bar.
    window.history.replaceState(window.history.state, '', '/join');
    await persistence.request();
    setBusy(false);
    return onJoined();
  };
  return (
    <Page title="Join">
      <p>{intro[known]}</p>
      {isNew ? <InstallFirst code={code} /> : null}
      <Form onSubmit={() => void join()}>
        <TextField
          label="Code"
          hint="Capitals, spaces and dashes don’t matter. A pasted link works too."
          value={code}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          fault={missing}
          onValue={(typed) => {
            setCode(typed);
            setMissing(null);
          }}
        />
        {!isNew ? null : (
          <TextField
            label="Your name"
            hint="Needed with a set-up code. An invitation knows your name already."
            value={name}
            maxLength={200}
            autoComplete="name"
            onValue={setName}
          />
        )}
        {fault === null ? null : (
          <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="Not joined.">
            {joinFaultWords(fault)}
          </Banner>
        )}
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? 'Joining…' : 'Join'}
        </Button>
      </Form>
      {!isNew ? null : <ButtonLink href="/">Other ways to begin</ButtonLink>}
    </Page>
  );
}

/** A code that is used in Safari is lost to the app on the Home Screen, which has storage of its own. */
function InstallFirst({ code }: { readonly code: string }) {
  const installation = useInstallation();
  const word = deviceName();
  if (installation === 'installed' || (word !== 'iPhone' && word !== 'iPad')) return null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`On an ${word}, install first, then join.`}
      action={
        <ButtonLink fit href={`/install#${encodeURIComponent(code)}`}>
          How to install
        </ButtonLink>
      }
    >
      The app on the Home Screen does not see what is joined here, and the code works once.
    </Banner>
  );
}

/** What happened, what was kept, what to do. */
export function joinFaultWords(fault: JoinFault): string {
  switch (fault.tag) {
    case 'code-refused':
      return 'The server does not take this code. It may be mistyped, used already, or too old. Ask your coordinator for a new one.';
    case 'no-answer':
      return 'The server did not answer. Joining needs a network once. Your code is not used up; try again when you are connected.';
    case 'not-a-server':
      return 'Something else answered in place of the server, perhaps a sign-in page of this network. Sign in there or use another network, then try again.';
    case 'too-many-tries':
      return `Too many codes were tried. Wait ${spanWords(Math.max(60, fault.retryAfterSeconds) * 1000)}, then try again.`;
    case 'server-fault':
      return `The server could not do it (${fault.code}). Your code is not used up; try again in a while.`;
    case 'storage-unavailable':
    case 'storage-full':
    case 'storage-lost':
    case 'storage-evicted':
    case 'storage-blocked':
    case 'storage-newer': {
      const words = storageFaultWords(fault);
      return `${words.happened} ${words.doThis}`;
    }
    default:
      return unreachable(fault);
  }
}

function codeInAddress(): string {
  const fragment = window.location.hash.slice(1);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
