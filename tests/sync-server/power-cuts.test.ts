import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachRound, roundsTimeout, tellFigures } from '../support/rounds.ts';
import { seededNumbers } from '../support/seeded-random.ts';
import { JournalCheck } from './support/journal-check.ts';
import { cutAt, imageOf, losses, readImage, type DiskImage, type Left } from './support/power-cut.ts';
import type { HttpPhone } from './support/http-phone.ts';
import { restlessPhones, type RestlessPhone } from './support/restless-phone.ts';
import { buildServerProcess, freePort, startServer, type ServerProcess } from './support/server-process.ts';
import { journalOf, pause, setUpByLink } from './support/set-up.ts';
import { readWal } from './support/wal-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-power-cuts-'));
const copy = join(folder, 'copy');
let running: ServerProcess | null = null;

beforeAll(buildServerProcess, 120_000);
afterAll(async () => {
  await running?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/**
 * The end of the earliest commit with which everything acknowledged is in the log: what was flushed before it was told. `tight`
 * where the commit before it is known to lack some of that.
 */
async function flushedWith(
  image: DiskImage,
  acknowledged: number,
  read: (image: DiskImage) => Promise<Left>,
): Promise<{ readonly safe: number; readonly tight: boolean }> {
  let safe = image.wal.length;
  for (const { end } of readWal(image.wal).commits.slice(-mostUnderWay).toReversed()) {
    if ((await read(cutAt(image, end))).seq < acknowledged) return { safe, tight: true };
    safe = end;
  }
  return { safe, tight: false };
}

/** Commits of pushes that may still wait for their reply, and some more. */
const mostUnderWay = 12;

type Load = {
  readonly server: ServerProcess;
  readonly path: string;
  readonly lead: HttpPhone;
  readonly phones: readonly RestlessPhone[];
  /** All of the journal that was read so far. */
  readonly known: JournalCheck;
};

/** A server on a new database, and phones that will push. */
async function underLoad(data: string): Promise<Load> {
  await running?.stop('SIGKILL');
  const server = (running = await startServer({ PORT: await freePort(), DATA_DIR: data }));
  const lead = await setUpByLink(server);
  const phones = await restlessPhones(lead);
  await Promise.all(phones.map(({ phone }) => phone.sync()));
  const known = new JournalCheck(lead.epoch ?? '');
  await known.readOn(journalOf(lead));
  return { server, path: join(data, 'holdfast.db'), lead, phones, known };
}

const counts = { 'copies opened': 0, 'in the middle of a commit': 0, 'cut right behind what was told': 0, told: 0 };

async function cutPower({ server, path, lead, phones, known }: Load, seed: number): Promise<void> {
  const below = seededNumbers(seed);
  let ended = false;
  const working = Promise.all(phones.map((each, at) => each.work(seededNumbers(seed * 8 + at), () => ended)));
  await pause(10 + below(110));
  const told = phones.flatMap(({ acknowledged }) => [...acknowledged.keys()]);
  const image = await imageOf(server, path);
  ended = true;
  await working;

  const open = async (each: DiskImage) => {
    counts['copies opened'] += 1;
    return await readImage(copy, each, lead.session, known);
  };
  const read = async (each: DiskImage) => (await open(each)).left;
  const whole = (await open(image)).check;
  const seqs = told.map((id) => whole.changes.get(id)?.seq ?? Number.POSITIVE_INFINITY);
  const acknowledged = seqs.reduce((most, seq) => Math.max(most, seq), known.head.seq);
  expect(acknowledged).toBeLessThanOrEqual(whole.head.seq);
  const { safe, tight } = await flushedWith(image, acknowledged, read);
  for (const [name, lose] of Object.entries(losses)) {
    const left = await read(lose(image, safe, below));
    expect(left.seq, name).toBeGreaterThanOrEqual(acknowledged);
    const gone = told.filter((id) => !left.holds(id));
    expect(gone, name).toEqual([]);
  }
  const { commits, end } = readWal(image.wal);
  counts['in the middle of a commit'] += commits.at(-1)?.end === end ? 0 : 1;
  counts['cut right behind what was told'] += tight ? 1 : 0;
  const before = known.changes;
  counts.told += told.filter((id) => !before.has(id)).length;
  // the server went on with the files of which these were copies
  await known.readOn(journalOf(lead));
}

it(
  '[REL-12] the power goes at any moment of a commit or checkpoint: everything acknowledged is on the disk, the chain is whole',
  { timeout: roundsTimeout },
  async () => {
    let load: Load | null = null;
    await eachRound('power cut', async (seed, round) => {
      // each database is opened a dozen times a round: a young one is read sooner
      if (load === null || round % perDatabase === 0) load = await underLoad(join(folder, `data-${String(round)}`));
      await cutPower(load, seed);
    });
    tellFigures('power cut', counts);
  },
);

const perDatabase = 20;
