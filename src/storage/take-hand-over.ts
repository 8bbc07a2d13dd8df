import type { Grant } from '../domain/access/access.ts';
import type { HandedOver, HandOverSummary, TakeFault, Way } from '../domain/ports/hand-over.ts';
import type { ChangeId } from '../domain/ids.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { delayOf, mayBeHandedOver, readHandOver, type HandOver, type RelayedBundle } from '../domain/sync/bundle.ts';
import { notice } from '../domain/sync/hybrid-clock.ts';
import { millis, type Millis } from '../domain/time.ts';
import { keepBundles } from './keep-bundles.ts';
import type { Tables } from './database.ts';
import { pulseAfter, readOwnState, type OwnState } from './own-state.ts';
import { areSigned } from './signed-bundles.ts';
import type { StorageParts } from './write-changes.ts';

/** Larger than anything unsettled that a phone can have; and JSON of it is read at once. */
const mostText = 32 * 1024 * 1024;

type Parts = StorageParts & { readonly crypto: Crypto };

/** See `HandOver.inspect`: the same checks as `take`, and nothing is written. */
export async function inspectHandOver(
  parts: Parts,
  text: string,
  _way: Way,
): Promise<Result<HandOverSummary, TakeFault>> {
  const read = await readChecked(parts, text);
  if (!read.ok) return read;
  const looked = await parts.database.read(['own', 'outbox', 'records'], async (tables) => {
    const own = await readOwnState(tables);
    const fault = await faultOf(tables, own, read.value);
    return fault === null ? ok(summary(read.value, await known(tables, own, read.value))) : err(fault);
  });
  return looked.ok ? looked.value : looked;
}

/** See `HandOver.take`. */
export async function takeHandOver(parts: Parts, text: string, way: Way): Promise<Result<HandOverSummary, TakeFault>> {
  const read = await readChecked(parts, text);
  if (!read.ok) return read;
  const handOver = read.value;
  let run = parts.clock.run;
  // Of the first attempt: at a repetition after a lost commit word nothing is new any more.
  let said: HandOverSummary | null = null;
  const taken = await parts.database.writeStrict(
    ['own', 'outbox', 'replicas', 'records', 'bundles'],
    async (tables): Promise<Result<HandOverSummary, TakeFault>> => {
      const own = await readOwnState(tables);
      const fault = await faultOf(tables, own, handOver);
      if (fault !== null) return err(fault);
      said ??= summary(handOver, await known(tables, own, handOver));
      const noticed = notice(own.clock.hybrid, parts.clock.run, parts.clock.reading());
      ({ run } = noticed);
      const wall = parts.clock.now();
      const { hybrid, names } = await keepBundles(
        tables,
        { ...own, clock: { ...own.clock, hybrid: noticed.clock } },
        {
          bundles: older(handOver.bundles, delayOf(way, millis(handOver.packedAt), wall)),
          wall,
        },
      );
      await tables.own.bulkPut([{ ...own.clock, hybrid }, pulseAfter(own.pulse, names)]);
      return ok(said);
    },
  );
  if (!taken.ok) return taken;
  if (taken.value.ok) parts.clock.keep(run);
  return taken.value;
}

function older(bundles: readonly RelayedBundle[], delay: Millis): readonly RelayedBundle[] {
  return bundles.map((bundle) => ({ ...bundle, age: bundle.age + delay }));
}

/** All that can be told without the database; nothing is looked at whose signature does not fit. */
async function readChecked({ crypto }: Parts, text: string): Promise<Result<HandOver, TakeFault>> {
  if (text.length > mostText) return err({ tag: 'not-a-hand-over' });
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return err({ tag: 'not-a-hand-over' });
  }
  const read = readHandOver(raw);
  if (!read.ok) return err({ tag: read.error === 'newer' ? 'hand-over-newer' : 'not-a-hand-over' });
  return (await areSigned(crypto, read.value.bundles)) ? read : err({ tag: 'not-signed' });
}

async function faultOf(tables: Tables, { membership, sync }: OwnState, handOver: HandOver): Promise<TakeFault | null> {
  if (membership.state !== 'member') return { tag: 'not-joined' };
  const isOther = (workspace: string | undefined) => workspace !== undefined && workspace !== membership.workspace.id;
  if (isOther(handOver.workspace) || handOver.bundles.some(({ workspace }) => isOther(workspace)))
    return { tag: 'other-workspace' };
  const grant = await tables.records.get([sync.live, 'grant', membership.person]);
  const { access } = (grant?.value ?? membership) as unknown as Pick<Grant, 'access'>;
  return access === 'vendor' ? { tag: 'part-only' } : null;
}

/** The changes among these that are here already, own ones and what the replica shows. */
async function known(tables: Tables, { sync }: OwnState, { bundles }: HandOver): Promise<ReadonlySet<ChangeId>> {
  const changes = bundles.flatMap((bundle) => bundle.changes);
  const entries = await tables.outbox
    .where('id')
    .anyOf(changes.map(({ id }) => id))
    .toArray();
  const records = await tables.records.bulkGet(changes.map(({ kind, key }) => [sync.live, kind, key] as const));
  return new Set([...entries.map(({ id }) => id), ...records.flatMap((record) => record?.change ?? [])]);
}

function summary({ packedAt, bundles }: HandOver, here: ReadonlySet<ChangeId>): HandOverSummary {
  const from = new Map<
    string,
    { -readonly [Field in keyof HandedOver]: HandedOver[Field] } & { kinds: Map<string, number> }
  >();
  for (const { device, person, changes } of bundles) {
    const of = from.get(device) ?? { device, person: person ?? null, changes: 0, news: 0, kinds: new Map() };
    from.set(device, of);
    for (const { id, kind } of changes.filter(mayBeHandedOver)) {
      of.changes += 1;
      if (here.has(id)) continue;
      of.news += 1;
      of.kinds.set(kind, (of.kinds.get(kind) ?? 0) + 1);
    }
  }
  const all = [...from.values()];
  return {
    packedAt,
    from: all,
    changes: all.reduce((sum, { changes }) => sum + changes, 0),
    news: all.reduce((sum, { news }) => sum + news, 0),
  };
}
