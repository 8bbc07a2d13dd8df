import { describe, expect, it } from 'vitest';
import type { ChangeId, DeviceId, Instant, PersonId, Stamp } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { historyFromPhone, historyFromServer, type HeldLog } from '../../../src/domain/incident/task-history.ts';
import type { OwnChange } from '../../../src/domain/ports/records.ts';
import type { JournalEntry } from '../../../src/domain/sync/protocol.ts';
import { formatStamp } from '../../../src/domain/sync/stamp.ts';
import { uuid7, uuid7Time } from '../../../src/domain/sync/uuid7.ts';
import { instant } from '../../../src/domain/time.ts';

const t = (clock: string) => Date.parse(`2026-11-23T${clock}:00.000Z`);
const device = (of: string) => ((of.codePointAt(0) ?? 0) % 16).toString(16).repeat(16) as DeviceId;
let serial = 0;
const idAt = (clock: string) => uuid7(t(clock), new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, (serial += 1)]));
const progress = (status: string, by: string | null = null, endedAt: Instant | null = null): Json => ({
  ...{ status, reason: null, startedAt: null, endedAt, by },
});
const stampOf = (person: string, clock: string): Stamp =>
  formatStamp({ time: t(clock), counter: 0, device: device(person) });

function entry(person: string, clock: string, value: Json, base: ChangeId | null = null, taken = clock): JournalEntry {
  const id = idAt(clock);
  const change = {
    id,
    n: serial,
    kind: 'task',
    key: 'i/IT-03',
    value,
    base,
    seen: null,
    wall: instant(t(clock)),
    line: 0,
    v: 1,
  };
  return {
    seq: serial,
    change: { ...change, stamp: stampOf(person, clock) },
    stamp: stampOf(person, clock),
    outcome: 'applied',
    author: { person: person as PersonId, device: device(person) },
    at: instant(t(taken)),
    hash: '',
    salt: '',
  };
}

function line(person: string, clock: string, to: string, more: object = {}): HeldLog {
  const value = {
    type: 'status',
    at: instant(t(clock)),
    text: '',
    task: 'IT-03',
    role: null,
    by: person,
    transcribedBy: null,
  };
  return {
    change: idAt(clock),
    author: { person: person as PersonId, device: device(person) },
    stamp: stampOf(person, clock),
    value: { ...value, medium: 'app', to, ...more } as unknown as HeldLog['value'],
  };
}

const own = (person: string, clock: string, status: string, fate: OwnChange['fate']): OwnChange => ({
  change: idAt(clock),
  value: progress(status, person),
  wall: instant(t(clock)),
  author: { person: person as PersonId, device: device(person) },
  stamp: fate === 'sent' ? stampOf(person, clock) : null,
  fate,
});

describe('the history of a task from the server', () => {
  it('[HISTORY-1] tells who, what, when, from where and the effective time, the latest first, and what became of each', () => {
    const lost = entry('ben', '14:02', progress('done', 'ben', instant(t('14:00'))), null, '14:20');
    const blocked = entry('ana', '14:05', progress('blocked', 'ana'));
    const again = entry('ben', '14:30', progress('done', 'ben', instant(t('14:00'))), blocked.change.id);
    const reports = historyFromServer([lost, blocked, again], [], []);
    expect(reports.map(({ status, fate }) => [status, fate])).toEqual([
      ['done', 'stands'],
      ['blocked', 'followed'],
      ['done', 'overruled'],
    ]);
    expect(reports[2]).toMatchObject({
      at: instant(t('14:00')),
      by: 'ben',
      author: { person: 'ben', device: device('ben') },
      effective: instant(t('14:02')),
      received: instant(t('14:20')),
    });
  });

  it('[HISTORY-2] takes medium, event time and who typed it from the line of the same press, and of no other', () => {
    const typed = entry('ben', '14:02', progress('done', 'cem'));
    const near = line('ben', '14:02', 'done', {
      at: instant(t('13:30')),
      by: 'cem',
      transcribedBy: 'ben',
      medium: 'radio',
    });
    const others = [
      line('ana', '14:02', 'done', { medium: 'paper' }),
      line('ben', '14:09', 'done', { medium: 'phone' }),
    ];
    expect(historyFromServer([typed], [], [...others, near])[0]).toMatchObject({
      at: instant(t('13:30')),
      by: 'cem',
      transcribedBy: 'ben',
      medium: 'radio',
    });
    expect(historyFromServer([typed], [], others)[0]).toMatchObject({ by: 'cem', transcribedBy: 'ben', medium: null });
  });

  it('[HISTORY-3] adds what this phone has not sent or was refused, and nothing twice', () => {
    const taken = entry('ben', '14:02', progress('done', 'ben'));
    const same: OwnChange = { ...own('ben', '14:02', 'done', 'sent'), change: taken.change.id };
    const reports = historyFromServer(
      [taken],
      [same, own('ben', '14:10', 'blocked', 'to-send'), own('ben', '14:04', 'done', 'refused')],
      [],
    );
    expect(reports.map(({ fate, effective }) => [fate, effective !== null])).toEqual([
      ['to-send', false],
      ['refused', false],
      ['stands', true],
    ]);
  });

  it('[HISTORY-4] an erased value is no report', () => {
    expect(historyFromServer([entry('ben', '14:02', null)], [], [])).toEqual([]);
  });
});

describe('the history of a task from the phone', () => {
  it('[HISTORY-5] one’s own changes, the log’s lines of others and what stands, each once', () => {
    const mine = own('ben', '14:02', 'done', 'sent');
    const myLine = line('ben', '14:02', 'done', { medium: 'paper' });
    const hers = line('ana', '14:05', 'blocked');
    const stands = {
      change: idAt('14:05'),
      author: hers.author,
      stamp: hers.stamp,
      value: progress('blocked', 'ana') as never,
    };
    const note = {
      ...line('cem', '14:06', 'done'),
      value: { ...hers.value, type: 'note' } as unknown as HeldLog['value'],
    };
    const earlier = line('cem', '13:50', 'in-progress');
    const reports = historyFromPhone([mine], [myLine, hers, note, earlier], stands);
    expect(reports.map(({ status, fate, medium }) => [status, fate, medium])).toEqual([
      ['blocked', 'stands', 'app'],
      ['done', 'earlier', 'paper'],
      ['in-progress', 'earlier', 'app'],
    ]);
  });

  it('[HISTORY-6] what is not sent comes first and counts from no time yet', () => {
    const mine = own('ben', '13:00', 'done', 'to-send');
    const stands = { change: mine.change, author: mine.author, stamp: null, value: progress('done') as never };
    const reports = historyFromPhone([mine], [line('ana', '14:05', 'blocked')], stands);
    expect(reports.map(({ fate, effective }) => [fate, effective])).toEqual([
      ['to-send', null],
      ['earlier', instant(t('14:05'))],
    ]);
  });

  it('[HISTORY-7] an id tells when it was made', () => {
    expect(uuid7Time(idAt('14:05'))).toBe(t('14:05'));
  });
});
