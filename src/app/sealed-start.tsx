import { useCallback, useEffect, useRef, useState } from 'react';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { storageFaultWords } from '../parts/fault-words.ts';
import { readStanding, type Unsealed } from '../storage/open-seal.ts';
import { lockedKey } from '../storage/locked-key.ts';
import type { LockedHeader } from '../storage/seal-header.ts';
import type { Sealing } from '../storage/sealing.ts';
import { StorageFailure } from '../storage/storage-failure.ts';
import { emptySealed, turnSealOff, unsealEmptied } from '../storage/turn-seal.ts';
import { systemClock } from '../sync/system-clock.ts';
import { Page } from '../ui/page.tsx';
import { useToast } from '../ui/toasts.tsx';
import { WorkBar } from '../ui/work-bar.tsx';
import { BareScreen } from './bare-screen.tsx';
import { ownPlace } from './create-encryption.ts';
import { FaultScreen } from './fault-screen.tsx';
import { afterFirstScreen } from './first-screen.ts';
import { PassphraseScreen } from './passphrase-screen.tsx';

type Stage =
  | { readonly state: 'looking' }
  | { readonly state: 'fault'; readonly fault: StorageFault }
  | { readonly state: 'locked'; readonly header: LockedHeader }
  | { readonly state: 'finishing'; readonly off: boolean; readonly part: number };

type SealedStartProps = {
  /** A new one after each try to open: it is looked at again. */
  readonly opening: { readonly fault: StorageFault };
  readonly onRetry: () => void;
  readonly onUnsealed: (sealing: Sealing) => void;
};

/** Before the app where its storage is sealed: asks for the passphrase, and ends what turning it on or off began. */
export function SealedStart({ opening, onRetry, onUnsealed }: SealedStartProps) {
  const [stage, setStage] = useState<Stage>({ state: 'looking' });
  const toast = useToast();
  const wasUnsealed = useRef(false);
  const open = useCallback(
    (sealing: Sealing) => {
      wasUnsealed.current = true;
      onUnsealed(sealing);
    },
    [onUnsealed],
  );
  const look = useCallback(async () => {
    const { fault } = opening;
    // what does not open although it was unsealed is a newer app's, or another tab has just changed it
    const next: Awaited<ReturnType<typeof firstStage>> = wasUnsealed.current
      ? { state: 'fault', fault }
      : await firstStage(fault);
    wasUnsealed.current = false;
    if ('sealing' in next) open(next.sealing);
    else setStage(next);
  }, [opening, open]);
  useEffect(() => void look(), [look]);

  const isLocked = stage.state === 'locked';
  useEffect(() => {
    if (!isLocked) return;
    const waiting = new AbortController();
    // once the screen stands: it needs none of this
    void afterFirstScreen()
      .then(() => wipedIfRevoked(waiting.signal))
      .then((wiped) => (wiped ? look() : undefined))
      .catch(() => undefined);
    return () => waiting.abort();
  }, [isLocked, look]);

  const finish = async ({ sealing, finish: end }: Unsealed, { state }: LockedHeader) => {
    const off = state === 'unsealing';
    setStage({ state: 'finishing', off, part: 0 });
    const show = (done: number, of: number) => setStage({ state: 'finishing', off, part: of === 0 ? 1 : done / of });
    // both forms are read, so that what can't be brought into the new one is no reason to stay outside
    const ended = end === null ? null : await end(show).catch(() => null);
    if (end !== null && ended?.ok !== true) {
      const why = ended === null ? '' : `${storageFaultWords(ended.error).happened} `;
      toast({ words: `Not finished. ${why}It goes on when Holdfast opens again.` });
    }
    open(sealing);
  };
  const then = async (changed: ReturnType<typeof turnSealOff>) => {
    const result = await changed;
    if (result.ok) await look();
    else setStage({ state: 'fault', fault: result.error });
  };

  switch (stage.state) {
    case 'looking':
      return null;
    case 'fault':
      return <FaultScreen fault={stage.fault} onRetry={onRetry} onBegin={onRetry} />;
    case 'locked':
      return (
        <PassphraseScreen
          header={stage.header}
          onOpen={(unsealed) => void finish(unsealed, stage.header)}
          onFault={(met) => setStage({ state: 'fault', fault: met })}
          onKeepReadable={() => void then(turnSealOff(ownPlace()))}
          onErase={() => void then(emptySealed(ownPlace(), { state: 'new' }))}
        />
      );
    case 'finishing':
      return (
        <BareScreen>
          <Page title={stage.off ? 'Holdfast stops encrypting' : 'Holdfast encrypts this device'}>
            <WorkBar label="What is on this device" part={stage.part} />
            <p>If it is broken off, nothing is lost. It goes on when Holdfast opens again.</p>
          </Page>
        </BareScreen>
      );
  }
}

/** A phone that was reported lost is wiped at its next contact, also while nobody opens it. */
async function wipedIfRevoked(signal: AbortSignal): Promise<boolean> {
  const key = signal.aborted ? null : await lockedKey(ownPlace());
  if (key === null) return false;
  const { obeyRevocation } = await import('../sync/obey-revocation.ts');
  const wipe = async () => {
    const emptied = await emptySealed(ownPlace(), { state: 'wiped' });
    if (!emptied.ok) throw new StorageFailure(emptied.error);
  };
  return obeyRevocation({ key, clock: systemClock, origin: window.location.origin, store: { wipe } }, signal);
}

async function firstStage(fault: StorageFault): Promise<Stage | { readonly sealing: Sealing }> {
  const standing = await readStanding(ownPlace());
  if (!standing.ok) return { state: 'fault', fault: standing.error };
  switch (standing.value.tag) {
    case 'none':
      return { state: 'fault', fault };
    case 'off':
      return standing.value;
    case 'locked':
      return { state: 'locked', header: standing.value.header };
    case 'emptied': {
      const ended = await unsealEmptied(ownPlace(), { state: 'new' });
      return ended.ok ? firstStage(fault) : { state: 'fault', fault: ended.error };
    }
  }
}
