import type { Membership } from '../domain/ports/device.ts';
import { newClock } from '../domain/sync/hybrid-clock.ts';
import type { Tables } from './database.ts';
import type { ClockRow, MembershipRow, OwnRow, PulseRow, RecordName, ReplicaRow, SyncRow } from './rows.ts';

/** The device's own rows, as one transaction found them. */
export type OwnState = {
  readonly membership: Membership;
  readonly clock: ClockRow;
  readonly sync: SyncRow;
  readonly pulse: PulseRow;
};

/** How many touched records a pulse tells of, over all its commits; beyond that a watcher reads all it shows again. */
const rememberedNames = 64;

const firstReplica = 1;

export const newOwnState: OwnState = {
  membership: { state: 'new' },
  clock: { name: 'clock', n: 0, hybrid: newClock },
  sync: {
    name: 'sync',
    live: firstReplica,
    filling: null,
    nextReplica: firstReplica + 1,
    history: 0,
    workspace: null,
    lastSentAt: null,
    sweptAt: 0,
    doomed: [],
  },
  pulse: { name: 'pulse', version: 0, recent: [] },
};

/** Reads the own rows. Rows are written at the first opening and never deleted, so a missing one reads as on a new device. */
export async function readOwnState({ own }: { readonly own: { toArray(): PromiseLike<OwnRow[]> } }): Promise<OwnState> {
  // One request instead of four: the table holds nothing else.
  const rows = new Map((await own.toArray()).map((row) => [row.name, row]));
  return {
    membership: (rows.get('membership') as MembershipRow | undefined)?.value ?? newOwnState.membership,
    clock: (rows.get('clock') as ClockRow | undefined) ?? newOwnState.clock,
    sync: (rows.get('sync') as SyncRow | undefined) ?? newOwnState.sync,
    pulse: (rows.get('pulse') as PulseRow | undefined) ?? newOwnState.pulse,
  };
}

export async function readMembership({ own }: Pick<Tables, 'own'>): Promise<Membership> {
  return ((await own.get('membership')) as MembershipRow | undefined)?.value ?? newOwnState.membership;
}

export async function readSync({ own }: Pick<Tables, 'own'>): Promise<SyncRow> {
  return ((await own.get('sync')) as SyncRow | undefined) ?? newOwnState.sync;
}

export async function readPulse({ own }: Pick<Tables, 'own'>): Promise<PulseRow> {
  return ((await own.get('pulse')) as PulseRow | undefined) ?? newOwnState.pulse;
}

/** Writes what a new device has, once; whatever is there already stays. */
export async function beginOwnState(tables: Pick<Tables, 'own' | 'replicas'>): Promise<void> {
  if ((await tables.own.count()) > 0) return;
  await writeFresh(tables, { state: 'new' }, 0);
}

/** An empty device in state `membership`. The pulse goes on from `version`, so that watchers of every tab hear of it. */
export async function writeFresh(
  tables: Pick<Tables, 'own' | 'replicas'>,
  membership: Membership,
  version: number,
): Promise<void> {
  await tables.own.bulkPut(ownRows({ ...newOwnState, membership, pulse: { name: 'pulse', version, recent: [] } }));
  await tables.replicas.put(blankReplica(firstReplica, 0));
}

export function ownRows({ membership, clock, sync, pulse }: OwnState): OwnRow[] {
  return [{ name: 'membership', value: membership }, clock, sync, pulse];
}

/** The pulse after a commit that touched these records; null stands for "any". */
export function pulseAfter(pulse: PulseRow, touched: readonly RecordName[] | null): PulseRow {
  const version = pulse.version + 1;
  const isTooMany = touched !== null && touched.length > rememberedNames;
  const names = touched === null || isTooMany ? null : touched.map((name) => name.join(' ')).join('\n');
  const recent = [...pulse.recent, { version, touched: names, count: names === null ? 1 : (touched?.length ?? 1) }];
  let remembered = recent.reduce((sum, { count }) => sum + count, 0);
  while (remembered > rememberedNames && recent.length > 1) remembered -= recent.shift()?.count ?? 0;
  return { name: 'pulse', version, recent };
}

/** The records touched since `version`, each once; null if that is more than the pulse remembers. */
export function touchedSince(pulse: PulseRow, version: number): readonly RecordName[] | null {
  if (version >= pulse.version) return [];
  const missed = pulse.recent.filter((commit) => commit.version > version);
  if (missed.length < pulse.version - version) return null;
  const names = new Map<string, RecordName>();
  for (const { touched } of missed) {
    if (touched === null) return null;
    for (const name of touched === '' ? [] : touched.split('\n')) {
      const [kind = '', key = ''] = name.split(' ');
      names.set(name, [kind, key]);
    }
  }
  return [...names.values()];
}

export function blankReplica(number: number, history: number): ReplicaRow {
  return { number, history, epoch: null, view: null, cursor: 0, head: null, filled: 0, complete: false };
}
