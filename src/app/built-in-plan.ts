import { planHash } from '../domain/plan/plan-hash.ts';
import type { PlanVersion, PublishedPlan } from '../domain/plan/plan-item.ts';

/** The plan that comes with the app. It is part of the precache, so asking for it never needs a network. */
export async function builtInPlan(): Promise<PublishedPlan> {
  const { default: file } = await import('./plans/online-marketplace-recovery.json');
  const { format: _, ...version } = file;
  // A test reads the file through the plan file's own rules; here it is only hashed.
  const published = version as unknown as PlanVersion;
  return { ...published, hash: planHash(published) };
}
