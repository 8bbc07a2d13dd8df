import type { Draft } from '../../src/domain/ports/records.ts';
import type { PersonId } from '../../src/domain/ids.ts';
import { instant } from '../../src/domain/time.ts';
import type { Run } from './run.ts';
import type { Fault } from './scenario.ts';
import type { Chance } from './support/chance.ts';
import type { SimDevice } from './support/sim-device.ts';
import type { SimTab } from './support/sim-tab.ts';
import { beginning } from './support/virtual-world.ts';

export const incident = '00112233445566aa';

/** Something that a person, a phone or a server does. It is called when nothing else is under way. */
export type Action = (run: Run, chance: Chance, device: SimDevice) => Promise<void> | void;

export type Weighted = { readonly weight: number; readonly needs?: Fault; readonly action: Action };

export const people: readonly Weighted[] = [
  { weight: 8, action: reportTask },
  { weight: 4, action: writeLog },
  { weight: 1, action: contradictLog },
  { weight: 1, action: editPerson },
  { weight: 1, action: reportDevice },
  { weight: 2, action: decideConflict },
  { weight: 3, action: (_run, _chance, { tab }) => tab?.page.happen('foreground') },
  { weight: 3, action: (_run, _chance, { tab }) => tab?.sync.nudge('asked') },
  { weight: 0.5, action: giveUp },
  { weight: 4, needs: 'grants', action: changeGrant },
];

/** Saves as a screen does: on disk first, then the engine is told. The rest of the run does not wait for it. */
function save(run: Run, tab: SimTab, mark: string, drafts: (tab: SimTab) => Promise<readonly Draft[]>): void {
  const { device } = tab;
  const { state } = device.membership;
  if (state !== 'member' && state !== 'alone') return;
  const seen = greatestStamp(device);
  void run.spawn(`${tab.name} writes`, async () => {
    const ready = await drafts(tab);
    if (tab.dead || ready.length === 0) return;
    // a tombstone has no mark
    const made = ready.filter(({ value }) => value !== null).map((draft) => run.ledger.begin(device, mark, draft));
    const saved = await tab.storage.records.write(ready);
    run.say(`${tab.name} ${mark} ${saved.ok ? 'saved' : saved.error.tag}`);
    for (const each of made) {
      each.sure = saved.ok && !tab.dead;
      each.failed = !saved.ok && !tab.dead && saved.error.tag !== 'storage-lost';
    }
    if (!saved.ok) return;
    tab.sync.nudge('wrote');
    const written = new Set<string>(saved.value.map(({ change }) => change));
    for (const { id, stamp } of device.outbox)
      if (written.has(id) && stamp.slice(0, 29) <= seen)
        run.faults.push(`${tab.name} gave ${id} the stamp ${stamp}, and had seen ${seen}`);
  });
}

export function reportTask(run: Run, chance: Chance, { tab }: SimDevice): void {
  if (tab === null) return;
  const key = `${incident}/IT-${String(chance.between(1, run.scenario.tasks))}`;
  const mark = run.ledger.mark();
  const isDelete = run.has('deletes') && chance.happens(0.25);
  const isBlind = chance.happens(0.1);
  const withLog = chance.happens(0.25);
  const status = chance.pick(['in-progress', 'blocked', 'done'] as const);
  save(run, tab, mark, async () => {
    const shown = isBlind ? null : await shownOf(tab, 'task', key);
    const value = isDelete ? null : { status, reason: mark, startedAt: null, endedAt: null, by: null };
    const task: Draft<'task'> = { kind: 'task', key, value, shown };
    return withLog ? [task, logOf(`${incident}/${mark}`, `${mark}/log`)] : [task];
  });
}

export function writeLog(run: Run, _chance: Chance, { tab }: SimDevice): void {
  const mark = run.ledger.mark();
  if (tab !== null) save(run, tab, mark, async () => [logOf(`${incident}/${mark}`, mark)]);
}

/** Two people under one key: the second must be refused, and kept with its reason. */
export function contradictLog(run: Run, chance: Chance, { tab }: SimDevice): void {
  const mark = run.ledger.mark();
  if (tab !== null) save(run, tab, mark, async () => [logOf(`${incident}/both-${String(chance.below(2))}`, mark)]);
}

function editPerson(run: Run, chance: Chance, device: SimDevice): void {
  const { tab, membership } = device;
  if (tab === null || !('person' in membership)) return;
  const of = chance.happens(0.8) ? device : chance.pick(run.devices);
  const person = 'person' in of.membership ? of.membership.person : membership.person;
  const mark = run.ledger.mark();
  save(run, tab, mark, async () => {
    const shown = await shownOf(tab, 'person', person);
    return [{ kind: 'person', key: person, value: { name: mark, contacts: [] }, shown }];
  });
}

function reportDevice(run: Run, _chance: Chance, { tab, membership }: SimDevice): void {
  if (tab === null || membership.state !== 'member') return;
  const mark = run.ledger.mark();
  save(run, tab, mark, async () => {
    const shown = await shownOf(tab, 'device', membership.device);
    const facts = { installed: true, persisted: null, plan: null, appVersion: '1', reportedAt: instant(beginning) };
    return [{ kind: 'device', key: membership.device, value: { name: mark, ...facts }, shown }];
  });
}

function decideConflict(run: Run, chance: Chance, { tab, records }: SimDevice): void {
  const open = records.filter(({ kind, value }) => kind === 'conflict' && value !== null);
  if (tab === null || open.length === 0) return;
  const { key } = chance.pick(open);
  const decision = chance.pick(['kept', 'restored'] as const);
  const mark = run.ledger.mark();
  save(run, tab, mark, async () => {
    const conflict = await tab.storage.records.read('conflict', key);
    if (!conflict.ok || conflict.value === null || conflict.value.value === null) return [];
    const { value, change, stamp } = conflict.value;
    const decided: Draft<'conflict'> = {
      kind: 'conflict',
      key,
      value: { ...value, decision, note: mark },
      shown: { change, stamp },
    };
    if (decision === 'kept' || value.kind !== 'task') return [decided];
    const shown = await shownOf(tab, 'task', value.key);
    const status = { status: 'done', reason: `${mark}/task`, startedAt: null, endedAt: null, by: null } as const;
    return [decided, { kind: 'task', key: value.key, value: status, shown }];
  });
}

/** By a coordinator, of anybody but the founder, who must stay to read the journal. */
function changeGrant(run: Run, chance: Chance, { tab }: SimDevice): void {
  const founder = run.founder.membership;
  const { membership } = chance.pick(run.devices);
  if (tab === null || membership.state !== 'member' || !('person' in founder) || membership.person === founder.person)
    return;
  const key: PersonId = membership.person;
  const mark = run.ledger.mark();
  const access = chance.pick(['coordinator', 'responder', 'observer'] as const);
  save(run, tab, mark, async () => {
    const shown = await shownOf(tab, 'grant', key);
    const value = chance.happens(0.1) ? null : { access, roles: [], note: mark };
    return [{ kind: 'grant', key, value, shown }];
  });
}

function giveUp(run: Run, chance: Chance, { tab, outbox }: SimDevice): void {
  const refused = outbox.filter(({ state }) => state === 'refused');
  if (tab === null || refused.length === 0) return;
  const { id } = chance.pick(refused);
  void run.spawn('giving up', async () => void (await tab.storage.device.giveUp(id)));
}

/** Time and counter of the greatest stamp that it has pulled: a phone's clock never runs behind it. */
function greatestStamp({ records }: SimDevice): string {
  return records.reduce((greatest, { stamp }) => (stamp > greatest ? stamp : greatest), '').slice(0, 29);
}

type ShownKind = 'task' | 'person' | 'device' | 'grant';

async function shownOf(tab: SimTab, kind: ShownKind, key: string): Promise<Draft['shown']> {
  const read = await tab.storage.records.read(kind, key);
  if (!read.ok || read.value === null) return null;
  return { change: read.value.change, stamp: read.value.stamp };
}

function logOf(key: string, text: string): Draft<'log'> {
  const fields = { type: 'note', role: null, by: null, transcribedBy: null, medium: null, task: null } as const;
  return { kind: 'log', key, value: { ...fields, at: instant(beginning), text }, shown: null };
}
