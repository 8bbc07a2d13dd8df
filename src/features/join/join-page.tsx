import { useEffect, useState } from 'react';
import { unreachable } from '../../domain/result.ts';
import type { Membership } from '../../domain/ports/device.ts';
import type { JoinFault } from '../../domain/ports/sync-status.ts';
import { storageFaultWords } from '../../parts/fault-words.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
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
import { ScanCodeDialog } from './scan-code-dialog.tsx';

/** Gets this device in. The code comes from the link's fragment, or is typed. */
export function JoinPage() {
  const membership = useMembership();
  const { connection } = useSyncStatus();
  const [again, setAgain] = useState(false);
  const [code, setCode] = useCodeOfAddress();
  if (membership === undefined) return null;
  if (membership.state === 'member' && connection !== 'needs-code' && !again) {
    return <JoinedPage membership={membership} linkWithCode={code !== ''} onJoinAgain={() => setAgain(true)} />;
  }
  const onJoined = () => {
    // it is burnt
    setCode('');
    setAgain(false);
  };
  return <JoinForm known={membership.state} code={code} onCode={setCode} onJoined={onJoined} />;
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

/**
 * The code of the link that led here. It is taken out of the address at once: it must not stay in the history of the browser, nor
 * be read over a shoulder.
 */
function useCodeOfAddress(): readonly [string, (code: string) => void] {
  const [code, setCode] = useState(codeInAddress);
  useEffect(() => {
    // A link opened while this page is on screen changes only the fragment.
    const take = () => {
      const found = codeInAddress();
      if (found === '') return;
      setCode(found);
      window.history.replaceState(window.history.state, '', '/join');
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return [code, setCode];
}

type JoinFormProps = {
  readonly known: Membership['state'];
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onJoined: () => void;
};

function JoinForm({ known, code, onCode, onJoined }: JoinFormProps) {
  const { sync, persistence, life } = usePorts();
  const isNew = known !== 'alone' && known !== 'member';
  const [name, setName] = useState('');
  const [scanning, setScanning] = useState(false);
  const [fault, setFault] = useState<JoinFault | null>(null);
  const [missing, setMissing] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
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
            onCode(typed);
            setMissing(null);
          }}
        />
        <Button onClick={() => setScanning(true)}>Scan a code</Button>
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
      {scanning ? (
        <ScanCodeDialog
          onCode={(scanned) => {
            onCode(scanned);
            setMissing(null);
            setScanning(false);
          }}
          onClose={() => setScanning(false)}
        />
      ) : null}
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
      <p>
        The app on the Home Screen does not see what is joined here, and the code works once. Copy it, or keep your
        sheet: inside the app you paste or type it, or scan it again.
      </p>
      {code.trim() === '' ? null : <CopyButton text={code.trim()} label="Copy the code" />}
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
