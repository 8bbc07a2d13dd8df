import { afterEach, describe, expect, it } from 'vitest';
import { keepReport } from '../../src/app/keep-report.ts';
import { readReport } from '../../src/domain/readiness/device-report.ts';
import { day, hour, minute } from '../../src/domain/time.ts';
import { aPhoneWithPlan, makeMember, startedAt, type Phone } from '../support/phone.tsx';

let running = new AbortController();
afterEach(() => running.abort());

/** The reporter on a phone whose waits a test ends: each `pass` lets whatever is waited for come. */
function reporter(phone: Phone) {
  running = new AbortController();
  const waiting = new Set<() => void>();
  const wait = (_ms: number, until: AbortSignal) =>
    new Promise<void>((resolve) => {
      waiting.add(resolve);
      until.addEventListener('abort', () => resolve());
    });
  const ended = keepReport(phone.ports, running.signal, wait);
  const pass = async () => {
    for (let turn = 0; turn < 12; turn += 1) {
      for (const resolve of [...waiting]) {
        waiting.delete(resolve);
        resolve();
      }
      await new Promise((later) => setTimeout(later, 20));
    }
  };
  return { pass, ended };
}

async function reportsOf(phone: Phone): Promise<number> {
  const membership = await membershipOf(phone);
  const own = await new Promise<readonly unknown[]>((resolve, reject) => {
    phone.storage.device.ownChanges('device', membership).subscribe(resolve, reject);
  });
  return own.length;
}

async function membershipOf(phone: Phone): Promise<string> {
  return new Promise((resolve, reject) => {
    phone.storage.device.membership.subscribe(
      (membership) => ('device' in membership ? resolve(membership.device) : reject(new Error(membership.state))),
      reject,
    );
  });
}

describe('the report that a phone makes by itself', () => {
  it('[READY-40] goes once while the server answers and everything is sent, says what is true, and asks for a sync', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'online', unsent: 0, clockOffset: 1_400 });
    const { pass } = reporter(phone);
    await pass();
    expect(await reportsOf(phone)).toBe(1);
    const kept = await phone.storage.records.read('device', await membershipOf(phone));
    const report = readReport(kept.ok ? kept.value?.value : null);
    const { hash } = await phone.ports.builtInPlan();
    expect(report).toMatchObject({ plan: hash, planNumber: 1, persisted: true, free: 1, clockOffset: 1_000, queue: 0 });
    expect(phone.sync.nudges()).toContain('wrote');
    await pass();
    expect(await reportsOf(phone)).toBe(1);
  });

  it('[READY-41] is never made without a network, with work unsent, alone, or looking around', async () => {
    const phone = await aPhoneWithPlan();
    const { pass } = reporter(phone);
    phone.sync.say({ connection: 'online', unsent: 0 });
    await pass();
    expect(await reportsOf(phone)).toBe(0);
    await makeMember(phone, 'responder');
    for (const status of [
      { connection: 'offline', unsent: 0 },
      { connection: 'online', unsent: 2 },
    ] as const) {
      phone.sync.say(status);
      await pass();
      expect(await reportsOf(phone)).toBe(0);
    }
  });

  it('[READY-42] comes again after a day, and at once when the app was installed', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'online', unsent: 0 });
    const { pass } = reporter(phone);
    await pass();
    phone.setNow(startedAt + 10 * minute + 23 * hour);
    await pass();
    expect(await reportsOf(phone)).toBe(1);
    phone.setInstalled('installed');
    await pass();
    expect(await reportsOf(phone)).toBe(2);
    phone.setNow(startedAt + 3 * day);
    await pass();
    expect(await reportsOf(phone)).toBe(3);
  });

  it('[READY-44] is tried again after it could not be written', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder');
    phone.sync.say({ connection: 'online', unsent: 0 });
    phone.failWrites({ tag: 'storage-full' });
    const { pass } = reporter(phone);
    await pass();
    expect(await reportsOf(phone)).toBe(0);
    phone.failWrites(null);
    await pass();
    expect(await reportsOf(phone)).toBe(1);
  });

  it('[READY-43] ends with the app', async () => {
    const phone = await aPhoneWithPlan();
    const { ended } = reporter(phone);
    running.abort();
    await expect(ended).resolves.toBeUndefined();
  });
});
