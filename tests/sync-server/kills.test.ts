import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachRound, roundsTimeout, tellFigures } from '../support/rounds.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { JournalCheck } from './support/journal-check.ts';
import { restlessPhones, type RestlessPhone } from './support/restless-phone.ts';
import { buildServerProcess, freePort, startServer, type ServerProcess } from './support/server-process.ts';
import { journalOf, pause, setUpByLink } from './support/set-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-kills-'));
let running: ServerProcess | null = null;

beforeAll(buildServerProcess, 120_000);
afterAll(async () => {
  await running?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Every acknowledged change is in the journal exactly once, with the verdict that was told; nothing else is. */
function expectKept(check: JournalCheck, phones: readonly RestlessPhone[]): void {
  for (const { acknowledged, made, contradictions } of phones) {
    expect(contradictions).toEqual([]);
    for (const [id, { stamp }] of acknowledged) expect(check.changes.get(id)?.stamp).toBe(stamp);
    expect(made.filter(({ id }) => !acknowledged.has(id))).toEqual([]);
  }
  const authors = new Set<string>(phones.map(({ phone }) => phone.device));
  const kept = [...check.changes.values()].filter(({ author }) => authors.has(author.device));
  expect(kept.length).toBe(phones.reduce((sum, { made }) => sum + made.length, 0));
}

it(
  '[REL-39] [REL-12] the server is killed under load again and again: all that was acknowledged is there once, the chain is whole, all devices agree',
  { timeout: roundsTimeout },
  async () => {
    const env = { PORT: await freePort(), DATA_DIR: join(folder, 'data') };
    let server = (running = await startServer(env));
    const lead = await setUpByLink(server);
    const phones = await restlessPhones(lead);
    await Promise.all(phones.map(({ phone }) => phone.sync()));
    const check = new JournalCheck(lead.epoch ?? '');
    let answered = 0;
    let cutOff = 0;

    await eachRound('server killed', async (seed) => {
      const below = seededNumbers(seed);
      let ended = false;
      let begun = () => {};
      // a kill before the first answer would prove little
      const first = new Promise<void>((resolve) => (begun = resolve));
      const working = Promise.all(
        phones.map((each, at) => each.work(seededNumbers(seed * 8 + at), () => ended, begun)),
      );
      await first;
      await pause(below(200));
      const killed = server.stop('SIGKILL');
      answered += (await working).reduce((sum, count) => sum + count, 0);
      ended = true;
      await killed;
      cutOff += phones.filter((each) => each.isWaiting()).length;
      // what a phone was told is there before it sends anything again
      const told = phones.map(({ acknowledged }) => [...acknowledged.keys()]).flat();
      server = running = await startServer(env);
      await lead.signIn();
      await check.readOn(journalOf(lead));
      expect(told.filter((id) => !check.changes.has(id))).toEqual([]);
      for (const each of phones) await each.settle();
      await check.readOn(journalOf(lead));
      expectKept(check, phones);
      for (const { phone } of phones) await phone.sync();
      const shown = phones.map((each) => each.shown());
      for (const each of shown) expect(each).toEqual(shown[0]);
    });

    const whole = new JournalCheck(lead.epoch ?? '');
    await whole.readOn(journalOf(lead));
    expect(whole.head).toEqual(check.head);
    expectKept(whole, phones);
    tellFigures('server killed', { answered, 'cut off': cutOff, entries: whole.head.seq, devices: phones.length });
  },
);
