import { useCallback, useSyncExternalStore } from 'react';
import type { Clock } from '../domain/ports/sync-store.ts';
import type { Sync } from '../domain/ports/sync-status.ts';
import { minute, type Millis } from '../domain/time.ts';
import { limits } from '../domain/sync/limits.ts';
import { usePorts } from './ports.tsx';

/**
 * The time as well as this device knows it: its clock, corrected by what the server said where that is more than protocol.md
 * tolerates. What a person reports without naming a time happened then.
 */
export function believedNow(clock: Clock, sync: Sync): Millis {
  const offset = sync.status.get().clockOffset ?? 0;
  return clock.now() + (Math.abs(offset) > limits.toleratedOffsetMs ? offset : 0);
}

/** The believed time, rounded down to `every`; renders again only when that changes. */
export function useNow(every: Millis = minute): Millis {
  const { clock, sync } = usePorts();
  const read = useCallback(() => Math.floor(believedNow(clock, sync) / every) * every, [clock, sync, every]);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const timer = setInterval(onChange, Math.min(every, 1000));
      document.addEventListener('visibilitychange', onChange);
      return () => {
        clearInterval(timer);
        document.removeEventListener('visibilitychange', onChange);
      };
    },
    [every],
  );
  return useSyncExternalStore(subscribe, read);
}
