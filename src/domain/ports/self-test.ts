import type { RoleId } from '../ids.ts';
import type { SelfTestCheck, SelfTestOutcome, SelfTestResult } from '../readiness/self-test.ts';

export type SelfTestProgress = { readonly check: SelfTestCheck; readonly outcome: SelfTestOutcome | null };

/**
 * The phone's test of itself. Needs no network. Guarantees: every check gets an outcome, whatever another one did; what it wrote
 * to try the disk is gone afterwards; it changes nothing else.
 */
export interface SelfTest {
  /** `role`: whose card is laid out; null takes the first of the plan. A check is told when it begins and when it ended. */
  run(role: RoleId | null, onProgress: (progress: SelfTestProgress) => void): Promise<SelfTestResult>;
}
