import { cleanup, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/domain/json.ts';
import type { SyncedRecord, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { instant } from '../../../src/domain/time.ts';
import { generatedPlan } from '../../support/large-plan.ts';
import { aPhone, makeMember, startedAt, type Phone } from '../../support/phone.tsx';
import { countRows } from '../../support/rows-read.ts';
import { incidentValue, logEntry, taskProgress } from '../../support/sample-plan.ts';

const { hash, ...plan } = generatedPlan('normal');
const incident = incidentValue(hash, { title: 'Flood at the depot', startedAt: instant(startedAt) });
const device = '0123456789abcdef';
let seq = 0;

function record(kind: string, key: string, value: unknown): SyncedRecord {
  seq += 1;
  const id = `01936a00-0000-7000-8000-${String(seq).padStart(12, '0')}`;
  const at = instant(startedAt + seq);
  const fields = { kind, key, value: value as Json, v: 1, change: id, base: null, stamp: `${at}-0000-${device}` };
  return { ...fields, author: { person: 'ana', device }, at, seq } as unknown as SyncedRecord;
}

/** One page of a first pull, as it comes. */
async function receive({ storage }: Phone, records: readonly SyncedRecord[], more: boolean): Promise<void> {
  const sent = await storage.syncStore.prepare({ changes: 0, bytes: 0 });
  if (!sent.ok || sent.value === null) throw new Error('not a member');
  const reply: SyncReply = {
    protocol: 1,
    epoch: 'e_1',
    serverNow: instant(startedAt),
    head: { seq: 1_000_000, hash: 'h' },
    view: 'v',
    reset: false,
    outcomes: [],
    records,
    cursor: seq,
    more,
    safeSeq: 0,
  };
  const applied = await storage.syncStore.apply(sent.value, reply);
  if (!applied.ok || applied.value.tag !== 'stored') throw new Error(JSON.stringify(applied));
}

async function newMember(): Promise<Phone> {
  const phone = await aPhone('new');
  await makeMember(phone, 'coordinator');
  return phone;
}

const first = () => [record('plan-version', hash, plan), record('incident', incident.id, incident.value)];
const entries = (many: number) =>
  Array.from({ length: many }, (_, at) => {
    const id = String(at).padStart(6, '0');
    return record('log', `${incident.id}/${id}`, logEntry(`Entry ${id}`, { task: 'T-1' }));
  });

/** What it counts once nothing has been read for many turns. */
async function atRest(count: () => number): Promise<number> {
  let last = count();
  for (let quiet = 0; quiet < 50; quiet += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    if (count() !== last) quiet = 0;
    last = count();
  }
  return last;
}

describe('a new phone', () => {
  it('[PULL] after the first page Now and Checklist are there, though the rest is still to come', async () => {
    const phone = await newMember();
    await receive(phone, first(), true);
    phone.open('/now');
    expect(await screen.findByText('Flood at the depot', { exact: false })).toBeVisible();
    cleanup();
    phone.open('/checklist');
    expect(await screen.findByText('0 of 300 done')).toBeVisible();
  });

  it.each([
    ['/now', /Flood at the depot/],
    ['/checklist', /0 of 300 done/],
  ])('[PULL] a log of thousands costs %s no more rows', async (path, words) => {
    const rows: number[] = [];
    for (const many of [0, 4000]) {
      const phone = await newMember();
      await receive(phone, first(), true);
      for (let left = many; left > 0; left -= 500) await receive(phone, entries(500), true);
      const done = [1, 2, 3].map((n) => record('task', `${incident.id}/X-0${String(n)}`, taskProgress('done')));
      await receive(phone, done, false);
      const read = countRows();
      phone.open(path);
      expect(await screen.findAllByText(words)).not.toHaveLength(0);
      expect(read.of('plan-version')).toBeGreaterThan(0);
      expect(read.of('log')).toBe(0);
      rows.push(await atRest(read.all));
      read.stop();
      cleanup();
      phone.storage.close();
    }
    // a few are read once more where the screen was shown before the last of them had come
    expect(Math.abs((rows[1] ?? 0) - (rows[0] ?? 0))).toBeLessThan(10);
  });
});
