import { useMemo } from 'react';
import type { RefusedChange, Shown } from '../domain/ports/records.ts';
import type { Instant, PlanHash, Stamp } from '../domain/ids.ts';
import { planOf, type Plan } from '../domain/plan/plan.ts';
import type { PlanVersion } from '../domain/plan/plan-item.ts';
import { withKept } from './refused-incident.ts';
import { useRecord, useRecords } from './use-live.ts';

export type HeldVersion = {
  readonly hash: PlanHash;
  readonly version: PlanVersion;
  readonly unsent: boolean;
  /** When it was published. */
  readonly at: Instant;
  /** Null until a server has it. */
  readonly stamp: Stamp | null;
};

/** Every published version that this device holds, the current one first: the greatest number, then the latest stamp (protocol.md, `POST /api/sync`). */
export function usePlanVersions(): readonly HeldVersion[] | undefined {
  const shown = useRecords('plan-version', '');
  return useMemo(() => shown && heldVersions(shown), [shown]);
}

/** The current one first. */
export function heldVersions(shown: readonly Shown<'plan-version'>[]): readonly HeldVersion[] {
  return shown.flatMap(heldVersion).sort((a, b) => b.version.number - a.version.number || laterFirst(a, b));
}

/** What no server has stamped yet will get a later stamp than everything it has. */
function laterFirst(a: HeldVersion, b: HeldVersion): number {
  const [one, other] = [a.stamp ?? '~', b.stamp ?? '~'];
  return one === other ? (a.hash < b.hash ? 1 : -1) : one < other ? 1 : -1;
}

/** One version, also one of this device's that a server refused; null where this device doesn't hold it. */
export function usePlanVersion(
  hash: PlanHash | null,
  refused: readonly RefusedChange[],
): HeldVersion | null | undefined {
  const shown = useRecord('plan-version', hash);
  return useMemo(() => {
    if (shown === undefined || hash === null) return undefined;
    return withKept(shown === null ? [] : [shown], refused, 'plan-version', hash).flatMap(heldVersion)[0] ?? null;
  }, [shown, refused, hash]);
}

/** The reading form of a version, built once per version object. */
export function usePlan(held: HeldVersion | null | undefined): Plan | null {
  return useMemo(() => (held == null ? null : planOf(held.version.items)), [held]);
}

function heldVersion({ key, value, unsent, at, stamp }: Shown<'plan-version'>): readonly HeldVersion[] {
  if (value === null) return [];
  // Storage checked the frame, and what is published was checked whole before it was written.
  return [{ hash: key as PlanHash, version: value as unknown as PlanVersion, unsent, at, stamp }];
}
