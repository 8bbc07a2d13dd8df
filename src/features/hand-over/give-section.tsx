import { useEffect, useState } from 'react';
import type { HandOver, Held, PackFault } from '../../domain/ports/hand-over.ts';
import { framesOf } from '../../domain/sync/bundle-frames.ts';
import { unreachable } from '../../domain/result.ts';
import { byteWords, counted } from '../../parts/amount-words.ts';
import { usePorts } from '../../parts/ports.tsx';
import { localInput } from '../../parts/time-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { GiveCodes } from './give-codes.tsx';
import { packFaultWords } from './hand-over-words.ts';
import { toCodes } from './code-payload.ts';

/** Bytes in one code: as many as a middling camera reads from a phone's screen at arm's length. */
const partBytes = 500;
/** More codes than anybody would hold a camera over: a minute and a half a round. */
const mostCodes = 560;

type Giving =
  | { readonly state: 'idle' }
  | { readonly state: 'codes'; readonly frames: readonly string[] }
  | { readonly state: 'file'; readonly file: File; readonly address: string }
  | { readonly state: 'too-much' }
  | { readonly state: 'fault'; readonly fault: PackFault };

/** What this phone has that is on no server yet, and the ways to give it to another phone. */
export function GiveSection({
  port,
  held,
  zone,
}: {
  readonly port: HandOver;
  readonly held: Held;
  readonly zone: string;
}) {
  const { clock } = usePorts();
  const [giving, setGiving] = useState<Giving>({ state: 'idle' });
  useEffect(() => (giving.state === 'file' ? () => URL.revokeObjectURL(giving.address) : undefined), [giving]);
  const carried = held.carried.reduce((sum, { waiting }) => sum + waiting, 0);

  const byCodes = async () => {
    const packed = await port.pack();
    if (!packed.ok) return setGiving({ state: 'fault', fault: packed.error });
    const frames = framesOf(await toCodes(packed.value.text), partBytes);
    setGiving(frames === null || frames.length > mostCodes ? { state: 'too-much' } : { state: 'codes', frames });
  };
  const byFile = async () => {
    const packed = await port.pack();
    if (!packed.ok) return setGiving({ state: 'fault', fault: packed.error });
    // Text, since the share sheets of phones take that from a page, and JSON often not.
    const name = `holdfast-hand-over-${localInput(clock.now(), zone).replace('T', '-').replace(':', '')}.txt`;
    const file = new File([packed.value.text], name, { type: 'text/plain' });
    setGiving({ state: 'file', file, address: URL.createObjectURL(file) });
  };

  return (
    <section aria-labelledby="give">
      <Stack close>
        <GroupTitle id="give">Give</GroupTitle>
        <Given giving={giving} onClose={() => setGiving({ state: 'idle' })} />
        {held.own + carried === 0 ? (
          <Card>
            <p>Nothing to give: what was done on this phone is on the server.</p>
            <KeptBack count={held.keptBack} />
          </Card>
        ) : (
          <Card>
            <p>{giveWords(held.own, carried)}</p>
            <KeptBack count={held.keptBack} />
            <Button kind="primary" onClick={() => void byCodes()}>
              Show codes
            </Button>
            <Button onClick={() => void byFile()}>Make a file to share</Button>
          </Card>
        )}
      </Stack>
    </section>
  );
}

function giveWords(own: number, carried: number): string {
  const parts = [
    own === 0 ? null : `${counted(own, 'change')} of yours`,
    carried === 0 ? null : `${counted(carried, 'change')} that you carry for others`,
  ].filter((part) => part !== null);
  return `${parts.join(' and ')}: not yet on the server. They stay here too, and reach it once, whoever is there first.`;
}

function KeptBack({ count }: { readonly count: number }) {
  if (count === 0) return null;
  return (
    <p>
      {count === 1 ? 'One more goes' : `${count.toLocaleString('en')} more go`} by this phone alone: drafts, rights and
      decisions, which not everybody may read.
    </p>
  );
}

function Given({ giving, onClose }: { readonly giving: Giving; readonly onClose: () => void }) {
  switch (giving.state) {
    case 'idle':
      return null;
    case 'codes':
      return <GiveCodes frames={giving.frames} onClose={onClose} />;
    case 'file':
      return <ReadyFile file={giving.file} address={giving.address} />;
    case 'too-much':
      return (
        <Banner tone="late" icon="warning" title="This is too much for codes.">
          <p>Nothing was given, and all of it is kept. Make a file instead.</p>
        </Banner>
      );
    case 'fault':
      return (
        <Banner tone="stop" icon="warning" title="Nothing was given.">
          <p>{packFaultWords(giving.fault)}</p>
        </Banner>
      );
    default:
      return unreachable(giving);
  }
}

function ReadyFile({ file, address }: { readonly file: File; readonly address: string }) {
  const share = { files: [file], title: file.name };
  const canShare = typeof navigator.canShare === 'function' && navigator.canShare(share);
  return (
    <Banner
      tone="good"
      icon="check"
      title="The file is ready."
      action={
        canShare ? (
          // closing the sheet of the system is no fault
          <Button fit onClick={() => void navigator.share(share).catch(() => undefined)}>
            Share…
          </Button>
        ) : undefined
      }
    >
      <p>
        Save{' '}
        <a href={address} download={file.name}>
          {file.name}
        </a>{' '}
        ({byteWords(file.size)}) and get it to the other phone, which opens it under Hand over. Whoever has it can read
        it; nobody can change it unnoticed.
      </p>
    </Banner>
  );
}
