import { useEffect, useMemo, useState } from 'react';
import type { Live } from '../domain/ports/live.ts';
import type { PrefixOptions, Shown } from '../domain/ports/records.ts';
import type { Kind } from '../domain/sync/kinds.ts';
import { useFaults } from './faults.tsx';
import { usePorts } from './ports.tsx';

/**
 * The newest value of `live`, undefined while it is still being read. The last value stays on screen when reading fails; the
 * fault is said once, for the whole app. Null instead of a live gives undefined. Keep `live` the same between renders.
 */
export function useLive<T>(live: Live<T> | null): T | undefined {
  const { attempt, couldNotRead } = useFaults();
  const [read, setRead] = useState<{ readonly from: Live<T>; readonly value: T } | null>(null);
  useEffect(() => {
    if (live === null) return undefined;
    return live.subscribe((value) => setRead({ from: live, value }), couldNotRead);
  }, [live, attempt, couldNotRead]);
  return read !== null && read.from === live ? read.value : undefined;
}

/** One record; null where there is none. A null key reads nothing. */
export function useRecord<K extends Kind>(kind: K, key: string | null): Shown<K> | null | undefined {
  const { records } = usePorts();
  return useLive(useMemo(() => (key === null ? null : records.watch(kind, key)), [records, kind, key]));
}

/** Records by key prefix. A null prefix reads nothing. */
export function useRecords<K extends Kind>(
  kind: K,
  prefix: string | null,
  options?: PrefixOptions,
): readonly Shown<K>[] | undefined {
  const { records } = usePorts();
  const last = options?.last;
  const tombstones = options?.tombstones ?? false;
  return useLive(
    useMemo(
      () =>
        prefix === null
          ? null
          : records.watchPrefix(kind, prefix, last === undefined ? { tombstones } : { tombstones, last }),
      [records, kind, prefix, last, tombstones],
    ),
  );
}

/** A small setting of this device, null where it was never set. */
export function useSetting(name: string): string | null | undefined {
  const { device } = usePorts();
  return useLive(useMemo(() => device.setting(name), [device, name]));
}
