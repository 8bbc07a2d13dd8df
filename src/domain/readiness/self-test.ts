import type { Instant } from '../ids.ts';
import type { PublishedPlan } from '../plan/plan-item.ts';
import { planHash } from '../plan/plan-hash.ts';

/** What a phone tests on itself, in the order in which it does. */
export const selfTestChecks = ['plan', 'write', 'app', 'print', 'key', 'kept'] as const;
export type SelfTestCheck = (typeof selfTestChecks)[number];

/** How one check ended. `remark`: nothing is broken, but the person should know. */
export type SelfTestOutcome =
  | { readonly check: 'plan'; readonly state: 'passed'; readonly tasks: number; readonly number: number }
  | { readonly check: 'plan'; readonly state: 'failed'; readonly because: 'none' | 'unreadable' | 'altered' }
  | { readonly check: 'write'; readonly state: 'passed' }
  | { readonly check: 'write'; readonly state: 'failed'; readonly because: 'full' | 'not-written' | 'not-read' }
  | { readonly check: 'app'; readonly state: 'passed'; readonly files: number }
  | {
      readonly check: 'app';
      readonly state: 'failed';
      readonly because: 'no-worker' | 'no-list' | 'incomplete';
      readonly missing: readonly string[];
    }
  | { readonly check: 'print'; readonly state: 'passed'; readonly pages: number; readonly card: string }
  | { readonly check: 'print'; readonly state: 'failed'; readonly because: 'no-card' | 'not-set' }
  | { readonly check: 'key'; readonly state: 'passed' }
  | { readonly check: 'key'; readonly state: 'failed'; readonly because: 'none' | 'does-not-sign' }
  | { readonly check: 'kept'; readonly state: 'passed' }
  | { readonly check: 'kept'; readonly state: 'remark'; readonly because: 'may-be-deleted' | 'not-said' };

export type SelfTestResult = { readonly at: Instant; readonly outcomes: readonly SelfTestOutcome[] };

/** Checks that failed; a remark is none. */
export function failedChecks(outcomes: readonly SelfTestOutcome[]): readonly SelfTestCheck[] {
  return outcomes.filter(({ state }) => state === 'failed').map(({ check }) => check);
}

/** Counts the tasks of a stored plan and compares its content with the hash that names it. */
export function planOutcome(plan: PublishedPlan | null): SelfTestOutcome {
  if (plan === null) return { check: 'plan', state: 'failed', because: 'none' };
  if (planHash(plan) !== plan.hash) return { check: 'plan', state: 'failed', because: 'altered' };
  const tasks = plan.items.filter(({ section }) => section === 'task').length;
  return { check: 'plan', state: 'passed', tasks, number: plan.number };
}

/** The files of one build by path, each with the SHA-256 of its content in lower-case hex. */
export type AppFiles = { readonly build: string; readonly files: Readonly<Record<string, string>> };

/** Files of a build that are missing or are not what was built, given what the cache holds under each path. */
export function damagedFiles({ files }: AppFiles, cached: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return Object.entries(files)
    .filter(([path, digest]) => cached.get(path)?.has(digest) !== true)
    .map(([path]) => path);
}
