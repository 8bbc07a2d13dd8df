import { readFileSync } from 'node:fs';
import { env } from 'node:process';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/domain/json.ts';
import { readPlanFile } from '../../src/domain/plan/plan-file.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import { chainStart } from '../../src/domain/sync/hash-chain.ts';
import { verifyEntry } from '../support/verify-entry.ts';
import { kinds } from '../../src/domain/sync/kinds.ts';
import { refusalCodes, syncedRecord, syncReply } from '../../src/domain/sync/protocol.ts';
import { openPhone } from '../storage/support/open-phone.ts';
import { awaitLive, seededRandom, valueOf } from '../storage/support/phone-parts.ts';
import { TestClock } from '../support/journal-phone.ts';
import { restoreDisk } from '../support/protocol-1/disk-image.ts';
import { Likeness } from '../support/protocol-1/likeness.ts';
import { RecordedServer } from '../support/protocol-1/recorded-server.ts';
import { addFixture, readTextFixture, readRecording, recordings } from '../support/protocol-1/recording.ts';
import { replay } from '../support/protocol-1/replay.ts';
import { phoneName, record, type SleepingPhone } from '../support/protocol-1/scenario.ts';
import { shippedPhone, shownBy, type ShownRecord } from '../support/protocol-1/shipped-phone.ts';

const name = env['HOLDFAST_RECORD'];
if (name !== undefined) {
  it('records what phone and server of today say', async () => {
    const { recording, phone, backup } = await record();
    addFixture(name, 'exchanges.json', recording);
    addFixture(name, 'phone.json', phone);
    addFixture(name, 'backup.json', backup);
    addFixture(name, 'plan.json', planOfDocs());
    addFixture(name, 'plan-hash.txt', planHashOf(planOfDocs()));
  });
}

/** The plan of docs/plan-format.md, as its author may have kept the file. */
function planOfDocs(): string {
  const text = readFileSync(new URL('../../docs/plan-format.md', import.meta.url), 'utf8');
  return /```json\n(.*?)```/s.exec(text)?.[1] ?? '';
}

function planHashOf(file: string): string {
  return planHash(valueOf(readPlanFile(file)));
}

function readSleeper(recorded: string): SleepingPhone {
  return JSON.parse(readTextFixture(recorded, 'phone.json')) as SleepingPhone;
}

/** A phone that was laid away, on a disk of its own, with a clock that stands where it was. */
async function wake(recorded: string, call: (clock: TestClock) => typeof fetch) {
  const { disk: image, sleptAt } = readSleeper(recorded);
  const disk = new IDBFactory();
  await restoreDisk(disk, phoneName, image);
  const clock = new TestClock();
  clock.now = Date.parse(sleptAt);
  const { origin } = readRecording(recorded);
  return await shippedPhone({
    disk,
    name: phoneName,
    clock: { now: () => clock.now, monotonic: () => clock.now },
    random: seededRandom(3),
    origin,
    fetch: call(clock),
  });
}

const nobody = () => () => Promise.reject(new TypeError('no network'));

/** The same records, whatever was added to them. */
function expectShown(recorded: readonly ShownRecord[], today: readonly ShownRecord[]): void {
  const byName = new Map(today.map((each) => [`${each.kind}/${each.key}`, each]));
  const found = recorded.map(({ kind, key }) => byName.get(`${kind}/${key}`) ?? null);
  expect(new Likeness([]).differences(recorded as unknown as Json, found as unknown as Json)).toEqual([]);
}

const kindsOf = (shown: readonly ShownRecord[]) => [...new Set(shown.map(({ kind }) => kind))];

it('[REL-33] every kind and every reason for a refusal was recorded, whenever it was added', () => {
  const all = recordings().map(readRecording);
  const seen = new Set(all.flatMap(({ journal }) => journal.entries.map(({ change }) => change.kind)));
  expect([...seen].sort()).toEqual(Object.keys(kinds).sort());
  const said = JSON.stringify(all);
  expect(refusalCodes.filter((code) => !said.includes(`"${code}"`))).toEqual([]);
});

describe.each(recordings())('what was said in %s', (recorded) => {
  const recording = readRecording(recorded);

  it('[REL-33] a server of today takes every request and answers as then', async () => {
    expect(await replay(recording)).toEqual([]);
  });

  it('[SEC-26] [REL-33] the chain of the recorded journal leads to the recorded head', () => {
    const { epoch, head, entries } = recording.journal;
    let hash = chainStart(epoch);
    for (const entry of entries) {
      expect(verifyEntry(hash, entry), String(entry.seq)).toBe(true);
      hash = entry.hash;
    }
    expect({ seq: entries.length, hash }).toEqual(head);
  });

  it('[REL-31] [REL-33] an app of today opens the database of the phone that slept, and shows all of it', async () => {
    const { asleep } = readSleeper(recorded);
    const phone = await wake(recorded, nobody);
    expectShown(asleep, await shownBy(phone, kindsOf(asleep)));
    expect(asleep.filter(({ unsent }) => unsent)).toHaveLength(6);
    expect(await awaitLive(phone.syncStore.unsent)).toMatchObject({ unsent: 6, refused: 1 });
    expect(await awaitLive(phone.device.refused)).toMatchObject([{ kind: 'grant', reason: { code: 'stale' } }]);
    expect(await awaitLive(phone.device.setting('theme'))).toBe('dark');
    expect(await awaitLive(phone.device.membership)).toMatchObject({ state: 'member', access: 'coordinator' });
    phone.close();
  });

  it('[REL-34] an app of today says what it said then to the server of then, and takes every reply', async () => {
    const { awake, wakesAt, endsAt } = readSleeper(recorded);
    const exchanges = recording.exchanges.slice(wakesAt, endsAt);
    let server: RecordedServer | null = null;
    const phone = await wake(recorded, (clock) => {
      server = new RecordedServer(exchanges, recording.origin, clock);
      return server.fetch;
    });
    expect(await phone.round()).toEqual({ tag: 'settled' });
    const { differences, unasked } = server as unknown as RecordedServer;
    expect([differences, unasked]).toEqual([[], 0]);
    expectShown(awake, await shownBy(phone, kindsOf(awake)));
    expect(await awaitLive(phone.syncStore.unsent)).toMatchObject({ unsent: 0, refused: 1 });
    phone.close();
  });

  it('[REL-34] every recorded reply is one that an app of today reads', () => {
    for (const { what, path, reply } of recording.exchanges) {
      const schema = schemas.find(([start]) => path.startsWith(start))?.[1];
      if (reply.status >= 400 || reply.body === null || schema === undefined) continue;
      expect(schema.safeParse(reply.body).error, `${what} ${path}`).toBeUndefined();
    }
  });

  it('[BACKUP-6] [REL-33] a backup file of then is restored on a new phone of today', async () => {
    const { asleep } = readSleeper(recorded);
    const file = new Blob([readTextFixture(recorded, 'backup.json')]);
    const phone = await openPhone();
    valueOf(await phone.device.restoreBackup(file));
    const values = (shown: readonly ShownRecord[]) => shown.map(({ change: _, ...rest }) => rest as ShownRecord);
    expectShown(values(asleep), values(await shownBy(phone, kindsOf(asleep))));
    phone.close();
  });

  it('[PLAN-FILE] [REL-33] a plan file of then is read, and has its hash', () => {
    expect(planHashOf(readTextFixture(recorded, 'plan.json'))).toBe(readTextFixture(recorded, 'plan-hash.txt'));
  });
});

const schemas = [
  ['/api/sync', syncReply],
  ['/api/records', syncedRecord],
] as const;
