import { useMemo } from 'react';
import type { Shown } from '../domain/ports/records.ts';
import type { PlanHash } from '../domain/ids.ts';
import { planOf, type Plan } from '../domain/plan/plan.ts';
import type { PlanVersion } from '../domain/plan/plan-item.ts';
import { useRecord, useRecords } from './use-live.ts';

export type HeldVersion = { readonly hash: PlanHash; readonly version: PlanVersion; readonly unsent: boolean };

/** Every published version that this device holds, the newest first. */
export function usePlanVersions(): readonly HeldVersion[] | undefined {
  const shown = useRecords('plan-version', '');
  return useMemo(
    () => shown?.flatMap(heldVersion).sort((a, b) => b.version.number - a.version.number || (a.hash < b.hash ? 1 : -1)),
    [shown],
  );
}

/** One version; null where this device doesn't hold it. */
export function usePlanVersion(hash: PlanHash | null): HeldVersion | null | undefined {
  const shown = useRecord('plan-version', hash);
  return useMemo(
    () => (shown === undefined ? undefined : shown === null ? null : (heldVersion(shown)[0] ?? null)),
    [shown],
  );
}

/** The reading form of a version, built once per version object. */
export function usePlan(held: HeldVersion | null | undefined): Plan | null {
  return useMemo(() => (held == null ? null : planOf(held.version.items)), [held]);
}

function heldVersion(shown: Shown<'plan-version'>): readonly HeldVersion[] {
  if (shown.value === null) return [];
  // Storage checked the frame, and what is published was checked whole before it was written.
  return [{ hash: shown.key as PlanHash, version: shown.value as unknown as PlanVersion, unsent: shown.unsent }];
}
