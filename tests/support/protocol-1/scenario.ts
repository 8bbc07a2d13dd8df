import { IDBFactory } from 'fake-indexeddb';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { Json, JsonObject } from '../../../src/domain/json.ts';
import { kinds } from '../../../src/domain/sync/kinds.ts';
import type { JournalEntry } from '../../../src/domain/sync/protocol.ts';
import { previousMessage } from '../../../src/domain/sync/signing.ts';
import { instant } from '../../../src/domain/time.ts';
import { seededRandom, valueOf } from '../../storage/support/phone-parts.ts';
import { HttpPhone } from '../../sync-server/support/http-phone.ts';
import { bodyOf } from '../../sync-server/support/open-server.ts';
import { extraTask, logEntry, taskProgress } from '../sample-plan.ts';
import { imageOfDisk, type DiskImage } from './disk-image.ts';
import { everyKind, incident, version } from './every-kind.ts';
import { Recorder } from './recorder.ts';
import type { Recording } from './recording.ts';
import { cryptoWithReadableKeys, shippedPhone, shownBy, type ShippedPhone, type ShownRecord } from './shipped-phone.ts';

export const phoneName = 'holdfast';

export type SleepingPhone = {
  readonly sleptAt: string;
  readonly disk: DiskImage;
  /** From where in the recording on the phone speaks that was woken from this disk. */
  readonly wakesAt: number;
  readonly endsAt: number;
  /** What its screens show before and after. */
  readonly asleep: readonly ShownRecord[];
  readonly awake: readonly ShownRecord[];
};

export type Recorded = {
  readonly recording: Recording;
  readonly phone: SleepingPhone;
  /** A backup file of the sleeping phone. */
  readonly backup: string;
};

const of = (...rest: readonly string[]) => [incident.id, ...rest].join('/');

/** Plays what people do with a server of today, from the first code to a person's erasure, and writes it all down. */
export async function record(): Promise<Recorded> {
  const recorder = await Recorder.open();
  const { server, clock } = recorder;
  const startedAt = instant(clock.now);
  const { code: setupCode } = await server.newWorkspace();

  recorder.about('anybody asks');
  await server.call({ method: 'GET', url: '/api/health' });
  await server.call({ method: 'GET', url: '/api/openapi.json' });

  recorder.about('the shipped phone sets up and writes every kind');
  const { ana, disk } = await anasPhone(recorder, setupCode);
  const ben = await invited(recorder, ana, { name: 'Ben' }, 'responder', ['it']);
  const hoster = await invited(recorder, ana, { name: 'Hoster' }, 'vendor', ['hoster']);
  const olga = await invited(recorder, ana, { name: 'Olga' }, 'observer', []);

  await disagree(recorder, ana, ben);
  await beRefused(recorder, ben, olga);
  await read(recorder, ben, hoster);
  await lookAfter(recorder, ana, ben);
  await failToAsk(recorder, ben);
  const slept = await sleep(recorder, ana, olga, disk);
  await leave(recorder, ana, ben, olga);

  recorder.about('the coordinator reads the whole journal');
  const lead = await invited(recorder, ana, { name: 'Journal' }, 'coordinator', []);
  const entries: JournalEntry[] = [];
  for (let more = true; more;) {
    const reply = await lead.call('GET', `/api/journal?after=${String(entries.at(-1)?.seq ?? 0)}&limit=20`);
    const page = bodyOf(reply) as unknown as { entries: JournalEntry[]; more: boolean };
    entries.push(...page.entries);
    more = page.more;
  }
  const { epoch, head } = await lead.sync();
  await server.close();
  const own = new Set(
    entries.filter(({ author }) => author.device !== '0'.repeat(16)).map(({ change }) => change.id as string),
  );
  const { exchanges, keys } = recorder;
  const recording: Recording = {
    protocol: 1,
    origin: server.origin,
    setupCode,
    startedAt,
    keys,
    made: recorder.made(own),
    exchanges,
    journal: { epoch, head, entries },
  };
  return { recording, ...slept };
}

async function anasPhone(recorder: Recorder, setupCode: string) {
  const { server, clock, fetch } = recorder;
  const disk = new IDBFactory();
  const ana = await shippedPhone({
    disk,
    name: phoneName,
    clock: { now: () => clock.now, monotonic: () => clock.now },
    random: seededRandom(1),
    crypto: cryptoWithReadableKeys(),
    origin: server.origin,
    fetch,
  });
  const { person, device } = await ana.join(setupCode, 'Ana');
  const image = await imageOfDisk(disk, phoneName);
  const [key] = image.tables.find(({ name }) => name === 'keys')?.rows ?? [];
  recorder.know((key as unknown as { readonly privateKey: JsonWebKey }).privateKey);
  await ana.round();
  valueOf(await ana.records.write(everyKind(person, device)));
  await settled(ana);
  return { ana, disk };
}

async function settled(phone: ShippedPhone): Promise<void> {
  const { tag } = await phone.round();
  if (tag !== 'settled') throw new Error(`the round ended ${tag}`);
}

async function invited(
  recorder: Recorder,
  by: ShippedPhone,
  person: { readonly name: string } | { readonly id: PersonId },
  access: 'coordinator' | 'responder' | 'vendor' | 'observer',
  roles: readonly string[],
): Promise<HttpPhone> {
  const invite = valueOf(await by.server.invite({ person, access, roles: roles as never, expiresInDays: 7 }));
  const phone = known(recorder, new HttpPhone(recorder.server));
  valueOf(await phone.enrol(invite.code));
  const again = await phone.tryEnrol(invite.code);
  if (again.statusCode !== 201) throw new Error('the same key may ask again');
  await phone.sync();
  return phone;
}

function known(recorder: Recorder, phone: HttpPhone): HttpPhone {
  recorder.know(phone.privateKey.export({ format: 'jwk' }));
  return phone;
}

/** Two people report on one task without having seen each other; a third change decides; a verdict is asked for twice. */
async function disagree(recorder: Recorder, ana: ShippedPhone, ben: HttpPhone): Promise<void> {
  recorder.about('two people disagree on a task');
  const late = ben.edit('task', of('IT-01'), taskProgress('done'), { base: null, seen: null });
  recorder.clock.pass(5000);
  const shown = valueOf(await ana.records.read('task', of('IT-01')));
  valueOf(
    await ana.records.write([
      { kind: 'task', key: of('IT-01'), value: taskProgress('blocked', { reason: 'Smoke' }), shown } as never,
    ]),
  );
  await settled(ana);
  await ben.send([late, ben.make('log', of('ben'), logEntry('I see smoke'))]);
  await ben.send([late]);
  await ben.sync();
  recorder.about('the overruled one decides');
  const conflict = [...ben.records.values()].find(({ kind }) => kind === 'conflict');
  if (conflict === undefined) throw new Error('nobody was overruled');
  const { key, value } = conflict;
  await ben.sync([ben.edit('conflict', key, { ...(value as JsonObject), decision: 'kept' })]);
  recorder.about('a page at a time');
  ben.cursor = 0;
  await ben.sync([], 3);
  recorder.about('a record is deleted');
  await ben.sync([ben.make('extra-task', of('X-02'), extraTask('it', 'Not needed'))]);
  await ben.sync([ben.edit('extra-task', of('X-02'), null)]);
}

async function beRefused(recorder: Recorder, ben: HttpPhone, olga: HttpPhone): Promise<void> {
  recorder.about('every reason for which a change is refused');
  const task = of('IT-02');
  const good = ben.edit('task', task, taskProgress('in-progress'));
  await ben.sync([good]);
  const reused = ben.make('task', task, taskProgress('done'));
  await ben.send([
    ben.make('task', task, { status: 'asleep' }),
    { ...ben.make('task', task, taskProgress('done')), n: 0 },
    { ...reused, id: 'not an id' },
    { ...reused, id: good.id },
    ben.make('poem', of('p1'), { text: 'x' }),
    ben.make('task', task, taskProgress('done'), { v: 2 }),
    ben.make('log', of('long'), logEntry('x'.repeat(66_000))),
    ben.make('log', of('first'), logEntry('Another text')),
    ben.make('grant', ben.person, { access: 'coordinator', roles: [] }),
  ]);
  await ben.send([ben.make('task', task, taskProgress('done'), { n: good.n })]);
  await olga.sync([olga.make('task', task, taskProgress('done'))]);
  recorder.about('somebody without the right invites');
  await olga.call('POST', '/api/invites', { payload: invitation });
  recorder.about('a clone becomes a device of its own');
  const { server } = recorder;
  const carla = known(recorder, new HttpPhone(server));
  const previous = { device: olga.device, signature: olga.sign(previousMessage(server.origin, olga.token)) };
  await carla.tryEnrol(olga.token, { previous });
  recorder.about('codes that are not taken');
  await carla.tryEnrol('0000-0000-0000-0000');
}

const invitation = { person: { name: 'Nobody' }, access: 'observer', roles: [], expiresInDays: 1 };

async function read(recorder: Recorder, ben: HttpPhone, hoster: HttpPhone): Promise<void> {
  recorder.about('reading one record, its history, the journal');
  const task = encodeURIComponent(of('IT-01'));
  for (const phone of [ben, hoster]) {
    await phone.call('GET', `/api/records?kind=task&key=${task}`);
    await phone.call('GET', `/api/records?kind=plan-version&key=${version.hash}`);
    await phone.call('GET', `/api/records?kind=task&key=${encodeURIComponent(of('NO-01'))}`);
    await phone.call('GET', `/api/history?kind=task&key=${task}`);
    await phone.call('GET', `/api/journal?incident=${incident.id}&after=0&limit=4`);
    await phone.call('GET', '/api/journal');
    await phone.call('GET', '/api/devices');
  }
  await recorder.live(ben.token);
}

/** What a coordinator asks of docs/protocol-additions.md. */
async function lookAfter(recorder: Recorder, ana: ShippedPhone, ben: HttpPhone): Promise<void> {
  recorder.about('the coordinator looks after invitations and devices');
  const wish = { person: { name: 'Dora' }, access: 'responder', roles: [], request: 'dora', expiresInDays: 7 } as const;
  const first = valueOf(await ana.server.invite(wish));
  const second = valueOf(await ana.server.invite({ ...wish, request: 'dora-2', replaces: first.id }));
  valueOf(await ana.server.joinCode({ person: { id: second.person }, access: 'responder', roles: [] }));
  valueOf(await ana.server.withdraw(second.id));
  valueOf(await ana.server.invites());
  valueOf(await ana.server.approve(ben.device));
  valueOf(await ana.server.quarantine(ben.device));
}

async function failToAsk(recorder: Recorder, ben: HttpPhone): Promise<void> {
  recorder.about('requests that are not taken');
  const { server } = recorder;
  await ben.push([], { protocol: 2 });
  await ben.push([], { epoch: 'e_another' });
  await ben.push([], { head: { seq: 1, hash: 'another' } });
  await ben.push([], { cursor: -1 });
  await ben.push(Array.from({ length: 501 }, () => null));
  await ben.call('PUT', '/api/sync');
  await ben.call('GET', '/api/nowhere');
  await server.call({ method: 'POST', url: '/api/sync', payload: {} });
  await ben.call('GET', '/api/devices', { headers: { authorization: 'Bearer made-up' } });
  await ben.call('POST', '/api/sync', { payload: 'no json', headers: { 'content-type': 'application/json' } });
  await ben.call('POST', '/api/sync', { payload: 'x', headers: { 'content-type': 'text/plain' } });
  await ben.trySession('used-up');
}

/** The phone is laid away with unsent work and a refused change, and wakes later. */
async function sleep(recorder: Recorder, ana: ShippedPhone, olga: HttpPhone, disk: IDBFactory) {
  recorder.about('the phone sleeps with unsent work');
  const { clock } = recorder;
  const write = async (kind: string, key: string, value: Json) => {
    const shown = valueOf(await ana.records.read(kind as 'task', key));
    valueOf(await ana.records.write([{ kind, key, value, shown } as never]));
  };
  // not on top of the grant that the invitation wrote: refused, and kept by the phone
  const grant = { access: 'responder', roles: [] };
  valueOf(await ana.records.write([{ kind: 'grant', key: olga.person, value: grant, shown: null } as never]));
  await settled(ana);
  clock.pass(60_000);
  for (const [at, code] of ['IT-01', 'IT-02', 'HO-01'].entries()) {
    await write('task', of(code), taskProgress('in-progress', { startedAt: instant(clock.now) }));
    await write('log', of(`asleep-${String(at)}`), logEntry(`Unsent note ${String(at)}`, { task: code }));
    clock.pass(5000);
  }
  valueOf(await ana.device.setSetting('theme', 'dark'));
  const backup = await valueOf(await ana.device.exportBackup()).text();
  const asleep = await shownBy(ana, Object.keys(kinds));
  const image = await imageOfDisk(disk, phoneName);
  const sleptAt = instant(clock.now);
  const wakesAt = recorder.exchanges.length;
  recorder.about('the phone wakes');
  const awake = await shippedPhone({
    disk,
    name: phoneName,
    clock: { now: () => clock.now, monotonic: () => clock.now },
    random: seededRandom(2),
    origin: recorder.server.origin,
    fetch: recorder.fetch,
  });
  await settled(awake);
  const endsAt = recorder.exchanges.length;
  const shown = await shownBy(awake, Object.keys(kinds));
  awake.close();
  return { phone: { sleptAt, disk: image, wakesAt, endsAt, asleep, awake: shown }, backup };
}

async function leave(recorder: Recorder, ana: ShippedPhone, ben: HttpPhone, olga: HttpPhone): Promise<void> {
  recorder.about('people leave');
  const devices = valueOf(await ana.server.devices());
  if (devices.length < 4) throw new Error('somebody is missing');
  valueOf(await ana.server.revoke(ben.device, 'leaver'));
  await ben.signIn();
  await ben.push([ben.make('log', of('last'), logEntry('Handed over'))], { last: true });
  valueOf(await ana.server.revoke(olga.device, 'lost'));
  await olga.push();
  await olga.trySignIn();
  recorder.about('a person is erased');
  const lead = await invited(recorder, ana, { name: 'Lead' }, 'coordinator', []);
  await lead.call('DELETE', `/api/people/${olga.person}`);
  await lead.call('GET', `/api/history?kind=person&key=${olga.person}`);
  await lead.sync();
}
