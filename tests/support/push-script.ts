import fc from 'fast-check';
import type { ChangeId, DeviceId, PersonId } from '../../src/domain/ids.ts';
import type { SentChange, SyncRequest } from '../../src/domain/sync/protocol.ts';
import { momentAt, stampAt } from '../../src/domain/sync/stamp.ts';
import { uuid7 } from '../../src/domain/sync/uuid7.ts';
import { instant, type Millis } from '../../src/domain/time.ts';
import { taskProgress } from './sample-plan.ts';

/** What a run of random phones does; small numbers stand for devices, records and earlier changes, so that runs shrink well. */
export type Step =
  | { readonly make: number; readonly record: number; readonly base: number | null; readonly odd: number }
  | { readonly send: number; readonly newestFirst: boolean; readonly most: number; readonly again: boolean }
  | { readonly pass: Millis }
  | { readonly jump: number; readonly by: Millis };

const deviceNumber = fc.integer({ min: 0, max: 3 });
const minutes = (most: number) => fc.integer({ min: -most, max: most }).map((many) => many * 17_000);

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        make: deviceNumber,
        record: fc.integer({ min: 0, max: 2 }),
        base: fc.option(fc.integer({ min: 0, max: 5 })),
        odd: fc.integer({ min: 0, max: 30 }),
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        send: deviceNumber,
        newestFirst: fc.boolean(),
        most: fc.integer({ min: 1, max: 6 }),
        again: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ pass: fc.integer({ min: 0, max: 20 }).map((many) => many * 13_000) }) },
    { weight: 1, arbitrary: fc.record({ jump: deviceNumber, by: minutes(60) }) },
  ),
  { minLength: 1, maxLength: 50 },
);

export type ScriptDevice = { readonly device: DeviceId; readonly person: PersonId };

type Phone = ScriptDevice & {
  n: number;
  skew: Millis;
  line: number;
  readonly unsent: SentChange[];
  readonly sent: SentChange[];
};

export type Push = {
  readonly from: ScriptDevice;
  readonly request: Pick<SyncRequest, 'clientNow' | 'line' | 'changes'>;
  readonly arrived: Millis;
};

/** Plays the steps and gives every push that they lead to; at the end each phone sends all it has once more. */
export function pushesOf(script: readonly Step[], devices: readonly ScriptDevice[], start: Millis): readonly Push[] {
  let now = start;
  const made: SentChange[] = [];
  const pushes: Push[] = [];
  const phones: readonly Phone[] = devices.map((each) => ({ ...each, n: 0, skew: 0, line: 1, unsent: [], sent: [] }));
  const phoneAt = (at: number) => phones[at % phones.length] as Phone;
  const push = (phone: Phone, changes: readonly SentChange[]) => {
    pushes.push({
      from: phone,
      request: { clientNow: instant(now + phone.skew), line: phone.line, changes },
      arrived: now,
    });
    phone.sent.push(...changes);
  };
  for (const step of script) {
    if ('pass' in step) now += step.pass;
    else if ('jump' in step) {
      const phone = phoneAt(step.jump);
      phone.skew += step.by;
      // A jump is noticed or is not.
      if (step.by < -60_000) phone.line += 1;
    } else if ('make' in step) {
      const phone = phoneAt(step.make);
      const change = makeChange(phone, step, now, made);
      made.push(change);
      phone.unsent.push(change);
    } else {
      const phone = phoneAt(step.send);
      const waiting = step.newestFirst ? phone.unsent.splice(-step.most) : phone.unsent.splice(0, step.most);
      push(phone, step.again ? [...phone.sent.slice(-2), ...waiting, ...waiting.slice(0, 1)] : waiting);
    }
  }
  for (const phone of phones) {
    now += 1000;
    const all = [...phone.sent, ...phone.unsent].toSorted((a, b) => a.n - b.n);
    for (let from = 0; from < all.length; from += 500) push(phone, all.slice(from, from + 500));
  }
  return pushes;
}

function makeChange(
  phone: Phone,
  step: Extract<Step, { make: number }>,
  now: Millis,
  made: readonly SentChange[],
): SentChange {
  const { odd } = step;
  const key = `i/T-${String(step.record)}`;
  const ofRecord = made.filter((each) => each.key === key);
  const base = step.base === null ? null : (ofRecord.at(-1 - step.base)?.id ?? null);
  phone.n += odd === 1 ? 3 : 1;
  const wall = now + phone.skew;
  const id = uuid7(now, Uint8Array.from([made.length >> 8, made.length, 0, 0, phone.n, 0, 0, 0, 0, 0]));
  const reused = odd === 2 ? made[0] : undefined;
  return {
    id: reused?.id ?? (odd === 3 ? ('no id' as ChangeId) : id),
    n: odd === 4 ? Math.max(1, phone.n - 1) : phone.n,
    kind: odd === 5 ? 'later-kind' : 'task',
    key,
    value: odd === 6 ? { status: 'almost' } : taskProgress('in-progress', { reason: id }),
    base,
    seen: odd === 7 ? stampAt(momentAt(now + 5_000_000), phone.device) : null,
    stamp: stampAt(momentAt(Math.max(0, wall)), phone.device),
    wall: instant(wall),
    line: phone.line,
    v: odd === 8 ? 2 : 1,
    ...(odd === 9 ? { given: stampAt(momentAt(now - 400_000, 7), phone.device) } : {}),
  };
}
