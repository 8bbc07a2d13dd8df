import { fieldsNamed, type FieldName, type Topic } from './lexicon.ts';
import { hasWayToReach, type TableMeaning, type TableReading } from './meaning.ts';
import { readChart } from './responsibility-chart.ts';
import type { SourceLine } from './source.ts';
import { windowIn } from './times.ts';

/** What a table's rows are and what its columns hold, by the names of the columns and by the section it stands in. */
export function readTable(rows: readonly SourceLine[], topic: Topic | null): TableReading {
  const table = rows[0]?.table ?? 0;
  const chart = readChart(rows);
  if (chart !== null) return chart;
  const head = headOf(rows);
  if (head < 0) return byContent(rows, topic) ?? headless(rows, table, topic);
  return asNamed(rows, head, meaningOf((rows[head]?.cells ?? []).map(fieldsNamed), topic));
}

/** A sheet may have its title and a date above the names of its columns. */
const deepestHead = 10;

/** Whether a row names columns. */
export function isHeadRow(cells: readonly string[]): boolean {
  return isHead(cells.map(fieldsNamed), cells);
}

function isHead(named: readonly ReadonlyMap<FieldName, number>[], cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '').length;
  const many = named.filter(({ size }) => size > 0).length;
  return filled > 1 && many >= Math.max(filled === 2 ? 1 : 2, filled / 2);
}

/** The same rows as what somebody says they are. */
export function readTableAs(rows: readonly SourceLine[], meaning: TableMeaning): TableReading {
  const chart = meaning === 'task' ? readChart(rows) : null;
  return chart ?? asNamed(rows, headOf(rows), meaning);
}

function headOf(rows: readonly SourceLine[]): number {
  return rows.slice(0, deepestHead).findIndex(({ cells }) => isHeadRow(cells));
}

/** By the names of its columns; without a head (-1) by their order. */
function asNamed(rows: readonly SourceLine[], head: number, meaning: TableMeaning): TableReading {
  const named = (rows[Math.max(head, 0)]?.cells ?? []).map((cell) =>
    head < 0 ? new Map<FieldName, number>() : fieldsNamed(cell),
  );
  return {
    table: rows[0]?.table ?? 0,
    meaning,
    columns: withTimes(meaning, columnsFor(meaning, named), rows.slice(head + 1)),
    head,
    chart: [],
    bareNumber: bareNumberOf(rows, head),
  };
}

const hour = 60;

/** `Due (min)`, `Frist (h)`: hours where it is not said. */
function bareNumberOf(rows: readonly SourceLine[], head: number): number {
  const names = (rows[head]?.cells ?? []).join(' ');
  return /\(\s*(?:in )?min/i.test(names) ? 1 : /\(\s*(?:in )?(?:days?|tage?|d)\s*\)/i.test(names) ? 24 * hour : hour;
}

/** Which fields a row of each kind has, the one that names it first. */
const fieldsOf: Readonly<Record<TableMeaning, readonly FieldName[]>> = {
  role: ['role', 'group', 'mission', 'responsibilities', 'reportsTo', 'holder', 'deputy', 'phone'],
  task: ['task', 'code', 'phase', 'owner', 'role', 'support', 'due', 'dependsOn', 'test', 'responsible'],
  contact: ['holder', 'role', 'organisation', 'phone', 'email'],
  resource: ['resource', 'kind', 'quantity', 'source', 'owner'],
  system: ['system', 'owner', 'rto', 'rpo'],
  milestone: ['milestone', 'due', 'phase'],
  phase: ['phase', 'start', 'due', 'task'],
  procedure: ['audience', 'channel', 'owner'],
  risk: ['task'],
  unused: [],
};

function meaningOf(named: readonly ReadonlyMap<FieldName, number>[], topic: Topic | null): TableMeaning {
  const has = (field: FieldName) => named.some((fields) => fields.has(field));
  if (has('rto') && has('system')) return 'system';
  if (has('milestone')) return 'milestone';
  if (has('resource') && (has('quantity') || has('kind') || has('cost') || topic === 'resources')) return 'resource';
  if (has('task') && (has('phase') || has('owner') || has('due') || has('test') || has('code')) && topic !== 'roles')
    return 'task';
  if (has('responsibilities') && has('role')) return 'role';
  if ((has('phone') || has('email')) && topic !== 'roles') return 'contact';
  if (has('audience') && !has('role')) return 'procedure';
  if (has('kind') && topic === 'resources') return 'resource';
  if (has('role') && (has('mission') || has('reportsTo') || has('deputy') || topic === 'roles')) return 'role';
  if (has('phone') || has('email')) return 'contact';
  if (has('phase') && (has('due') || has('start'))) return 'phase';
  if (has('audience') && (has('channel') || topic === 'communication')) return 'procedure';
  if (has('task') && topic === 'tasks') return 'task';
  return byTopic[topic ?? 'talk'] ?? 'unused';
}

const byTopic: Readonly<Partial<Record<Topic, TableMeaning>>> = {
  roles: 'role',
  tasks: 'task',
  contacts: 'contact',
  resources: 'resource',
  systems: 'system',
  milestones: 'milestone',
  timeline: 'phase',
  communication: 'procedure',
};

/** Each field once, the surest pairs first. */
function columnsFor(
  meaning: TableMeaning,
  named: readonly ReadonlyMap<FieldName, number>[],
): readonly (FieldName | null)[] {
  const columns: (FieldName | null)[] = named.map(() => null);
  const pairs = fieldsOf[meaning].flatMap((field, place) =>
    named.flatMap((fields, at) => {
      const rank = fields.get(field);
      return rank === undefined ? [] : [{ field, at, rank, place }];
    }),
  );
  for (const { field, at } of pairs.sort((a, b) => a.rank - b.rank || a.place - b.place || a.at - b.at))
    if (columns[at] === null && !columns.includes(field)) columns[at] = field;
  const [first] = fieldsOf[meaning];
  if (first !== undefined && !columns.includes(first)) {
    const free = columns.indexOf(null);
    if (free >= 0) columns[free] = first;
  }
  return columns;
}

/** Where no column is called so, the one that holds times says when. */
function withTimes(
  meaning: TableMeaning,
  columns: readonly (FieldName | null)[],
  rows: readonly SourceLine[],
): readonly (FieldName | null)[] {
  if (columns.includes('due') || !fieldsOf[meaning].includes('due')) return columns;
  const holdsTimes = (at: number) =>
    rows.filter(({ cells }) => windowIn(cells[at] ?? '') !== null).length > rows.length / 2;
  const due = columns.findIndex((field, at) => (field === null || field === 'dependsOn') && holdsTimes(at));
  return columns.map((field, at) => (at === due ? 'due' : field));
}

const code = /^[A-Z]{0,4}[- ]?\d{1,3}(?:\.\d{1,2})*[.)]?$/;

/** Tasks by what the cells look like, where nobody names the columns in words that are known: codes, times, names that come again. */
function byContent(rows: readonly SourceLine[], topic: Topic | null): TableReading | null {
  if (topic !== 'tasks' || rows.length < 3) return null;
  const below = rows.slice(1);
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const cellsAt = (at: number) => below.map(({ cells }) => cells[at] ?? '').filter((cell) => cell !== '');
  const mostOf = (at: number, is: (cell: string) => boolean) =>
    cellsAt(at).length > 0 && cellsAt(at).filter(is).length > cellsAt(at).length / 2;
  const places = Array.from({ length: width }, (_, at) => at);
  const columns: (FieldName | null)[] = places.map(() => null);
  const take = (field: FieldName, at: number | undefined) =>
    at !== undefined && at >= 0 && columns[at] === null && (columns[at] = field);
  const length = (at: number) =>
    cellsAt(at).reduce((sum, cell) => sum + cell.length, 0) / Math.max(1, cellsAt(at).length);
  take(
    'code',
    places.find((at) => mostOf(at, (cell) => code.test(cell))),
  );
  take(
    'due',
    places.find((at) => columns[at] === null && mostOf(at, (cell) => windowIn(cell) !== null && cell.length < 24)),
  );
  const free = places.filter((at) => columns[at] === null && cellsAt(at).length > 0);
  take('task', free.sort((a, b) => length(b) - length(a))[0]);
  take(
    'owner',
    places.find((at) => columns[at] === null && cellsAt(at).length > 0 && length(at) < 40),
  );
  if (!columns.includes('task') || columns.filter((field) => field !== null).length < 3) return null;
  const due = columns.indexOf('due');
  const isHeadless = due >= 0 && windowIn(rows[0]?.cells[due] ?? '') !== null;
  return {
    table: rows[0]?.table ?? 0,
    meaning: 'task',
    columns,
    head: isHeadless ? -1 : 0,
    chart: [],
    bareNumber: bareNumberOf(rows, 0),
  };
}

function headless(rows: readonly SourceLine[], table: number, topic: Topic | null): TableReading {
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const reached = Array.from(
    { length: width },
    (_, at) => rows.filter(({ cells }) => hasWayToReach(cells[at] ?? '')).length,
  );
  const isContacts = topic === 'contacts' || reached.some((many) => many > rows.length / 2);
  const meaning: TableMeaning = isContacts ? 'contact' : (byTopic[topic ?? 'talk'] ?? 'unused');
  const isIndented = rows.filter(({ cells }) => cells[0] === '').length > rows.length / 3;
  const columns = Array.from({ length: width }, (_, at): FieldName | null => {
    if (isContacts) return (reached[at] ?? 0) > 0 ? 'phone' : at === 0 ? 'holder' : 'role';
    if (meaning === 'resource' && isIndented) return at === 0 ? 'kind' : at === 1 ? 'resource' : null;
    return fieldsOf[meaning][at === 0 ? 0 : fieldsOf[meaning].length] ?? null;
  });
  return { table, meaning, columns, head: -1, chart: [], bareNumber: hour };
}
