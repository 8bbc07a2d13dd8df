import type { Live } from '../domain/ports/live.ts';
import type { PrefixOptions, Shown } from '../domain/ports/records.ts';
import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { Kind } from '../domain/sync/kinds.ts';
import type { Database, Tables } from './database.ts';
import { readPulse, readSync, touchedSince } from './own-state.ts';
import { isThere, readLast, readNamed, readPrefix, readTables, readTaskLog } from './read-shown.ts';
import type { RecordName } from './rows.ts';
import type { Row } from './shown-record.ts';

/** Which records a watch shows, how they are all read, and how one that changed is worked in. */
type Selection = {
  readonly covers: (kind: string, key: string) => boolean;
  readonly load: (tables: Tables, live: number) => Promise<readonly Row[]>;
  /** Null: what is known does not suffice, read all again. */
  readonly patch: (rows: readonly Row[], key: string, row: Row | null) => readonly Row[] | null;
};

type Watcher = { readonly onValue: (rows: readonly Row[]) => void; readonly onFault: (fault: StorageFault) => void };

type Watch = {
  readonly selection: Selection;
  readonly watchers: Set<Watcher>;
  rows: readonly Row[] | null;
  /** The commit that `rows` are of. */
  version: number;
};

/**
 * Keeps what the screens show up to date: each commit tells in its pulse which records it touched, and only those are read
 * again, once for all watches. So a tick in a list of thousands costs one small read. Watches of the same selection share
 * their rows.
 */
export class RecordFeed {
  private readonly database: Database;
  private readonly watches = new Map<string, Watch>();
  private stopPulse: (() => void) | null = null;
  private working = false;
  private behind = false;
  private readonly counters = new Set<(count: number) => void>();
  private unreadableCount = 0;

  constructor(database: Database) {
    this.database = database;
  }

  one<K extends Kind>(kind: K, key: string): Live<Shown<K> | null> {
    const selection: Selection = {
      covers: (otherKind, otherKey) => otherKind === kind && otherKey === key,
      load: async (tables, live) =>
        (await readNamed(tables, live, [[kind, key]])).filter((row) => row !== null && isThere(row)) as Row[],
      patch: (_, __, row) => (row !== null && isThere(row) ? [row] : []),
    };
    return this.live(
      `one ${kind} ${key}`,
      selection,
      (rows) => (rows.find(({ value }) => value !== null) ?? null) as Shown<K> | null,
    );
  }

  prefix<K extends Kind>(kind: K, prefix: string, options: PrefixOptions = {}): Live<readonly Shown<K>[]> {
    const { last, tombstones = false } = options;
    const covers: Selection['covers'] = (otherKind, key) => otherKind === kind && key.startsWith(prefix);
    const isShown = (row: Row | null): row is Row => row !== null && isThere(row, tombstones);
    const selection: Selection =
      last === undefined
        ? {
            covers,
            load: async (tables, live) => (await readPrefix(tables, live, kind, prefix)).filter(isShown),
            patch: (rows, key, row) => placed(rows, key, isShown(row) ? row : null, 1),
          }
        : {
            covers,
            load: (tables, live) => readLast(tables, live, kind, prefix, { last, tombstones }),
            patch: (rows, key, row) => placedAmongLast(rows, key, isShown(row) ? row : null, last),
          };
    return this.live(
      `prefix ${kind} ${prefix} ${String(last)} ${String(tombstones)}`,
      selection,
      (rows) => (tombstones ? rows : readableOf(rows)) as readonly Row<K>[],
    );
  }

  taskLog(incidentTask: string): Live<readonly Shown<'log'>[]> {
    const [incident = '', task = ''] = incidentTask.split('/');
    const isShown = (row: Row | null): row is Row<'log'> =>
      row !== null && row.kind === 'log' && row.value !== null && (row as Row<'log'>).value?.task === task;
    const selection: Selection = {
      covers: (kind, key) => kind === 'log' && key.startsWith(`${incident}/`),
      load: async (tables, live) => byEventTime((await readTaskLog(tables, live, incidentTask)).filter(isShown)),
      patch: (rows, key, row) => {
        const others = rows.filter((other) => other.key !== key);
        if (!isShown(row)) return others.length === rows.length ? rows : others;
        return byEventTime([...others, row] as readonly Row<'log'>[]);
      },
    };
    return this.live(`task log ${incidentTask}`, selection, (rows) => rows as readonly Shown<'log'>[]);
  }

  /** See `Records.unreadable`. */
  readonly unreadable: Live<number> = {
    subscribe: (onCount) => {
      const counter = (count: number) => onCount(count);
      this.counters.add(counter);
      queueMicrotask(() => this.counters.has(counter) && counter(this.unreadableCount));
      return () => this.counters.delete(counter);
    },
  };

  close(): void {
    this.stopPulse?.();
    this.stopPulse = null;
    this.watches.clear();
  }

  private live<T>(name: string, selection: Selection, select: (rows: readonly Row[]) => T): Live<T> {
    return {
      subscribe: (onValue, onFault) => {
        const watch = this.watches.get(name) ?? this.begin(name, selection);
        const watcher: Watcher = { onValue: (rows) => onValue(select(rows)), onFault };
        watch.watchers.add(watcher);
        const { rows } = watch;
        // Asynchronously, as every other value: a subscriber is never called before it holds its unsubscribe function.
        if (rows !== null)
          queueMicrotask(() => watch.rows === rows && watch.watchers.has(watcher) && watcher.onValue(rows));
        return () => {
          watch.watchers.delete(watcher);
          if (watch.watchers.size === 0 && this.watches.get(name) === watch) this.watches.delete(name);
          if (this.watches.size === 0) this.close();
          this.countUnreadable();
        };
      },
    };
  }

  private begin(name: string, selection: Selection): Watch {
    const watch: Watch = { selection, watchers: new Set(), rows: null, version: -1 };
    this.watches.set(name, watch);
    this.stopPulse ??= this.database
      .live(['own'], async (tables) => (await readPulse(tables)).version)
      .subscribe(
        () => this.catchUp(),
        (fault) => this.fail(fault),
      );
    this.catchUp();
    return watch;
  }

  /** Brings every watch to the newest commit; one at a time, and once more if something happened meanwhile. */
  private catchUp(): void {
    this.behind = true;
    if (this.working) return;
    this.working = true;
    void this.work().finally(() => {
      this.working = false;
      if (this.behind) this.catchUp();
    });
  }

  private async work(): Promise<void> {
    while (this.behind && this.watches.size > 0) {
      this.behind = false;
      const news = await this.database.read([...readTables], (tables) => readNews(tables, [...this.watches.values()]));
      if (!news.ok) return this.fail(news.error);
      for (const { watch, rows } of news.value.changed) {
        watch.rows = rows;
        for (const watcher of [...watch.watchers]) watcher.onValue(rows);
      }
      this.countUnreadable();
    }
    this.behind = false;
  }

  private countUnreadable(): void {
    const names = new Set<string>();
    for (const { rows } of this.watches.values())
      for (const { unreadable, kind, key } of rows ?? []) if (unreadable) names.add(`${kind} ${key}`);
    if (names.size === this.unreadableCount) return;
    this.unreadableCount = names.size;
    for (const counter of this.counters) counter(names.size);
  }

  private fail(fault: StorageFault): void {
    const watches = [...this.watches.values()];
    this.close();
    for (const watch of watches) for (const watcher of [...watch.watchers]) watcher.onFault(fault);
  }
}

type News = { readonly changed: readonly { readonly watch: Watch; readonly rows: readonly Row[] }[] };

/** What changed for these watches since the commit each is at, in one transaction. */
async function readNews(tables: Tables, watches: readonly Watch[]): Promise<News> {
  const [pulse, { live }] = await Promise.all([readPulse(tables), readSync(tables)]);
  const touched = new Map<Watch, readonly RecordName[] | null>();
  const named = new Map<string, RecordName>();
  for (const watch of watches) {
    const names = watch.rows === null ? null : touchedSince(pulse, watch.version);
    const covered = names?.filter(([kind, key]) => watch.selection.covers(kind, key)) ?? null;
    touched.set(watch, covered);
    for (const name of covered ?? []) named.set(name.join(' '), name);
  }
  const names = [...named.values()];
  const read = names.length === 0 ? [] : await readNamed(tables, live, names);
  const rowOf = new Map(names.map((name, at) => [name.join(' '), read[at] ?? null]));
  const changed: News['changed'][number][] = [];
  for (const watch of watches) {
    const rows = patched(watch, touched.get(watch) ?? null, rowOf) ?? (await watch.selection.load(tables, live));
    watch.version = pulse.version;
    if (rows !== watch.rows) changed.push({ watch, rows });
  }
  return { changed };
}

function patched(
  watch: Watch,
  names: readonly RecordName[] | null,
  rowOf: ReadonlyMap<string, Row | null>,
): readonly Row[] | null {
  let { rows } = watch;
  if (names === null) return null;
  for (const name of names) {
    if (rows === null) return null;
    rows = watch.selection.patch(rows, name[1], rowOf.get(name.join(' ')) ?? null);
  }
  return rows;
}

/** `rows`, sorted by key in `direction`, with the row of `key` put in, replaced or taken out. */
function placed(rows: readonly Row[], key: string, row: Row | null, direction: 1 | -1): readonly Row[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle]?.key ?? '';
    if (direction === 1 ? other < key : other > key) low = middle + 1;
    else high = middle;
  }
  const known = rows[low]?.key === key;
  if (row === null && !known) return rows;
  return [...rows.slice(0, low), ...(row === null ? [] : [row]), ...rows.slice(known ? low + 1 : low)];
}

function placedAmongLast(rows: readonly Row[], key: string, row: Row | null, last: number): readonly Row[] | null {
  const next = placed(rows, key, row, -1);
  if (next.length < rows.length && rows.length === last) return null;
  return next.length > last ? next.slice(0, last) : next;
}

/** The same list where all of it is readable, which is nearly always. */
function readableOf(rows: readonly Row[]): readonly Row[] {
  return rows.some(({ unreadable }) => unreadable) ? rows.filter(({ unreadable }) => !unreadable) : rows;
}

function byEventTime(rows: readonly Row<'log'>[]): readonly Row<'log'>[] {
  const time = (row: Row<'log'>) => row.value?.at ?? '';
  return [...rows].sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : a.key < b.key ? -1 : 1));
}
