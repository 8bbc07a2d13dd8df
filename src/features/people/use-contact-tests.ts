import { useMemo } from 'react';
import { lastResults, type KnownResult } from '../../domain/communication/contact-results.ts';
import type { ContactResult } from '../../domain/communication/contact-test.ts';
import type { Shown } from '../../domain/ports/records.ts';
import { useRecords } from '../../parts/use-live.ts';

export type ContactTests = {
  /** The one that is walked now: the latest that nobody ended. */
  readonly open: Shown<'contact-test'> | null;
  /** The others, the latest first. */
  readonly ended: readonly Shown<'contact-test'>[];
  readonly results: readonly KnownResult[];
  /** Of each callee what came of the last call. */
  readonly last: ReadonlyMap<string, ContactResult>;
  /** The record of a result; null where nobody put one down. */
  readonly seen: (key: string) => Shown<'contact-result'> | null;
};

/** Every contact test that this device knows; undefined while they are read. */
export function useContactTests(): ContactTests | undefined {
  const tests = useRecords('contact-test', '');
  const shown = useRecords('contact-result', '');
  return useMemo(() => {
    if (tests === undefined || shown === undefined) return undefined;
    const results = shown.flatMap(({ key, value }): readonly KnownResult[] => {
      const [test, callee] = key.split('/');
      return value === null || test === undefined || callee === undefined ? [] : [{ test, callee, result: value }];
    });
    const ordered = [...tests].sort((a, b) => ((a.value?.startedAt ?? '') < (b.value?.startedAt ?? '') ? 1 : -1));
    const open = ordered.find(({ value }) => value?.endedAt === null) ?? null;
    const byKey = new Map(shown.map((each) => [each.key, each] as const));
    return {
      open,
      ended: ordered.filter((each) => each !== open),
      results,
      last: lastResults(results),
      seen: (key) => byKey.get(key) ?? null,
    };
  }, [tests, shown]);
}
