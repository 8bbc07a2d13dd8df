import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Lives } from '../parts/life.tsx';
import type { Sealing } from '../storage/sealing.ts';
import { storageMark } from '../storage/storage-mark.ts';
import { readLive } from '../domain/ports/read-live.ts';
import { openLookAround, openOwnLife, type Life } from './open-life.ts';

export type Opening =
  | { readonly state: 'opening' }
  | { readonly state: 'fault'; readonly fault: StorageFault }
  | {
      readonly state: 'open';
      readonly life: Life;
      /** Its own database failed, so this is the device's own life. */
      readonly lookAroundFailed: boolean;
    };

type Chosen = Omit<Extract<Opening, { state: 'open' }>, 'state'>;

/** Kept in the device's own database, so that a reload stays where it was. */
const lifeSetting = 'life';

let early: ReturnType<typeof openChosenLife> | null = null;

/** Begins to open the storage while the page is still being built; the first `useLifeOf` takes it over. */
export function openEarly(): void {
  early = openChosenLife();
}

/** Opens the storage and keeps the one life that is open: this device's own, or looking around. */
export function useLifeOf(): {
  readonly opening: Opening;
  readonly lives: Lives;
  readonly retry: () => void;
  /** Begins on an empty database where there was something before. */
  readonly beginAnew: () => void;
  /** Opens what was sealed. */
  readonly unseal: (sealing: Sealing) => void;
} {
  const [opening, setOpening] = useState<Opening>({ state: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const open = useRef<Life | null>(null);
  // the key lives here and nowhere else: a page that is loaded anew has none
  const [seal, unseal] = useState<Sealing>();

  useEffect(() => {
    const given = new AbortController();
    const openingLife = early ?? openChosenLife(seal);
    early = null;
    void openingLife.then((opened) => {
      if (given.signal.aborted) {
        if (opened.ok) opened.value.life.close();
        return;
      }
      if (opened.ok) open.current = opened.value.life;
      setOpening(opened.ok ? { state: 'open', ...opened.value } : { state: 'fault', fault: opened.error });
    });
    return () => {
      given.abort();
      open.current?.close();
      open.current = null;
    };
  }, [attempt, seal]);

  const goOver = useCallback(
    async (life: 'look-around' | null) => {
      const own = life === null ? await openOwnLife(seal) : open.current === null ? null : ok(open.current);
      if (own === null || !own.ok) return;
      await own.value.ports.device.setSetting(lifeSetting, life);
      if (life === null) own.value.close();
      setOpening({ state: 'opening' });
      setAttempt((before) => before + 1);
    },
    [seal],
  );

  const lives = useMemo(
    () => ({ lookAround: () => goOver('look-around'), leaveLookAround: () => goOver(null) }),
    [goOver],
  );
  const retry = useCallback(() => setAttempt((before) => before + 1), []);
  const beginAnew = useCallback(() => void storageMark.clear().then(retry), [retry]);
  return { opening, lives, retry, beginAnew, unseal };
}

async function openChosenLife(sealing?: Sealing): Promise<Result<Chosen, StorageFault>> {
  const own = await openOwnLife(sealing);
  if (!own.ok) return own;
  const ownLife: Chosen = { life: own.value, lookAroundFailed: false };
  const { device } = own.value.ports;
  const chosen = await readLive(device.setting(lifeSetting));
  if (!chosen.ok || chosen.value !== 'look-around') return ok(ownLife);
  if (window.location.pathname === '/join') {
    // A link with a code is meant for this device's own life, and whoever joined stays in it.
    await device.setSetting(lifeSetting, null);
    return ok(ownLife);
  }
  const around = await openLookAround();
  if (!around.ok) {
    // Nothing of it is worth being kept from one's own plan.
    await device.setSetting(lifeSetting, null);
    return ok({ ...ownLife, lookAroundFailed: true });
  }
  own.value.close();
  return ok({ life: around.value, lookAroundFailed: false });
}
