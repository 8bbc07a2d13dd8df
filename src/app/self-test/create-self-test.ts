import type { Person } from '../../domain/access/access.ts';
import type { PersonId, RoleId } from '../../domain/ids.ts';
import { planOf } from '../../domain/plan/plan.ts';
import type { PublishedPlan } from '../../domain/plan/plan-item.ts';
import { readLive } from '../../domain/ports/read-live.ts';
import type { SelfTest } from '../../domain/ports/self-test.ts';
import {
  planOutcome,
  selfTestChecks,
  type SelfTestCheck,
  type SelfTestOutcome,
} from '../../domain/readiness/self-test.ts';
import { instant } from '../../domain/time.ts';
import { layOutCard } from '../../features/print/lay-out-card.tsx';
import type { Ports } from '../../parts/ports.tsx';
import { believedNow } from '../../parts/use-now.ts';
import { heldVersions } from '../../parts/use-plan-versions.ts';
import type { StorageProof } from '../../storage/prove-storage.ts';
import { appOutcome } from './app-outcome.ts';

type SelfTestParts = Pick<Ports, 'records' | 'clock' | 'sync' | 'persistence' | 'app'> & {
  readonly prove: () => Promise<StorageProof>;
  readonly caches: CacheStorage | undefined;
};

/** The phone's test of itself over its own database, cache and printing. */
export function createSelfTest(parts: SelfTestParts): SelfTest {
  return {
    async run(role, onProgress) {
      const plan = await currentPlan(parts);
      const proof = parts.prove();
      const run: { readonly [Each in SelfTestCheck]: () => Promise<SelfTestOutcome> } = {
        plan: () => Promise.resolve(plan === undefined ? unreadable : planOutcome(plan)),
        write: async () => writeOutcome(await proof),
        app: () => appOutcome(parts.caches, parts.app.build),
        print: () => printOutcome(parts, plan ?? null, role),
        key: async () => keyOutcome(await proof),
        kept: () => keptOutcome(parts),
      };
      const outcomes: SelfTestOutcome[] = [];
      for (const check of selfTestChecks) {
        onProgress({ check, outcome: null });
        const outcome = await run[check]().catch(() => broken[check]);
        outcomes.push(outcome);
        onProgress({ check, outcome });
      }
      return { at: instant(believedNow(parts.clock, parts.sync)), outcomes };
    },
  };
}

const unreadable: SelfTestOutcome = { check: 'plan', state: 'failed', because: 'unreadable' };

/** What a check says that broke off: no fault of another one hides it. */
const broken: { readonly [Each in SelfTestCheck]: SelfTestOutcome } = {
  plan: unreadable,
  write: { check: 'write', state: 'failed', because: 'not-written' },
  app: { check: 'app', state: 'failed', because: 'no-worker', missing: [] },
  print: { check: 'print', state: 'failed', because: 'not-set' },
  key: { check: 'key', state: 'failed', because: 'does-not-sign' },
  kept: { check: 'kept', state: 'remark', because: 'not-said' },
};

/** From the disk; null without a plan, undefined where it can't be read. */
async function currentPlan({ records }: SelfTestParts): Promise<PublishedPlan | null | undefined> {
  const read = await readLive(records.watchPrefix('plan-version', ''));
  if (!read.ok) return undefined;
  const newest = heldVersions(read.value)[0];
  return newest === undefined ? null : { ...newest.version, hash: newest.hash };
}

function writeOutcome({ write }: StorageProof): SelfTestOutcome {
  return write === 'good' ? { check: 'write', state: 'passed' } : { check: 'write', state: 'failed', because: write };
}

function keyOutcome({ key }: StorageProof): SelfTestOutcome {
  return key === 'good' ? { check: 'key', state: 'passed' } : { check: 'key', state: 'failed', because: key };
}

async function keptOutcome({ persistence }: SelfTestParts): Promise<SelfTestOutcome> {
  const { persisted } = await persistence.read();
  if (persisted === true) return { check: 'kept', state: 'passed' };
  return { check: 'kept', state: 'remark', because: persisted === null ? 'not-said' : 'may-be-deleted' };
}

async function printOutcome(
  { records, clock, sync }: SelfTestParts,
  published: PublishedPlan | null,
  role: RoleId | null,
): Promise<SelfTestOutcome> {
  const plan = published === null ? null : planOf(published.items);
  const card = plan?.roleById.get(role ?? ('' as RoleId)) ?? plan?.roles[0];
  if (published === null || plan === null || card === undefined)
    return { check: 'print', state: 'failed', because: 'no-card' };
  const read = await readLive(records.watchPrefix('person', ''));
  const shown = read.ok ? read.value : [];
  const people = new Map(
    shown.flatMap(({ key, value }): [PersonId, Person][] => (value === null ? [] : [[key as PersonId, value]])),
  );
  const { hash, number } = published;
  const source = { plan, hash, number, people, incident: null };
  const pages = await layOutCard(source, card.id, believedNow(clock, sync));
  if (pages === null) return { check: 'print', state: 'failed', because: 'not-set' };
  return { check: 'print', state: 'passed', pages, card: card.title };
}
