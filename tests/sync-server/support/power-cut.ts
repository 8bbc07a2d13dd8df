import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ChangeId } from '../../../src/domain/ids.ts';
import type { Session } from '../../../sync-server/journal/journal.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import type { JournalCheck } from './journal-check.ts';
import type { ServerProcess } from './server-process.ts';
import { readWal, type Wal } from './wal-file.ts';

/** The files of a database as they were at one moment, none of them written to meanwhile. */
export type DiskImage = { readonly db: Buffer; readonly wal: Buffer; readonly shm: Buffer | null };

type Below = (n: number) => number;

/** Stops the server in the middle of whatever it does, copies its files, lets it go on. */
export async function imageOf({ child }: ServerProcess, path: string): Promise<DiskImage> {
  child.kill('SIGSTOP');
  try {
    while (!isStopped(child.pid ?? 0)) await new Promise((resolve) => setImmediate(resolve));
    const read = (ending: string) => (existsSync(path + ending) ? readFileSync(path + ending) : null);
    return { db: readFileSync(path), wal: read('-wal') ?? Buffer.alloc(0), shm: read('-shm') };
  } finally {
    child.kill('SIGCONT');
  }
}

function isStopped(pid: number): boolean {
  const status = `/proc/${String(pid)}/stat`;
  const state = existsSync(status)
    ? (/\) (\w)/.exec(readFileSync(status, 'utf8'))?.[1] ?? '')
    : execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return state.startsWith('T');
}

/** What an image held when it was opened: its own head, and every change up to it. */
export type Left = { readonly seq: number; readonly holds: (change: ChangeId) => boolean };

/**
 * Opens an image as a server does after the power came back, in a folder that it may fill, and reads on where `from` stands.
 * Throws where SQLite finds the database damaged, the journal's own check of its chain fails or the chain leaves that of `from`.
 */
export async function readImage(
  folder: string,
  image: DiskImage,
  session: Session,
  from: JournalCheck,
): Promise<{ readonly left: Left; readonly check: JournalCheck }> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'holdfast.db');
  writeFileSync(path, image.db);
  writeFileSync(`${path}-wal`, image.wal);
  if (image.shm !== null) writeFileSync(`${path}-shm`, image.shm);
  const journal = openSqliteStore({ path, random: (length) => randomBytes(length) }).journal;
  try {
    const known = (await journal.workspaces()).some(({ id }) => id === session.workspace);
    const check = from.fork();
    if (!known) return { left: { seq: 0, holds: () => false }, check };
    const verified = await journal.verify(session.workspace);
    if (!verified.ok) throw new Error(`the chain breaks at ${String(verified.error.seq)}`);
    const { seq, hash } = verified.value;
    await check.readOn((after) => journal.entries(session, null, after, 500));
    if (seq >= check.head.seq && hash !== check.head.hash) throw new Error(`another chain at ${String(seq)}`);
    return { left: { seq, holds: (id) => (check.changes.get(id)?.seq ?? Number.POSITIVE_INFINITY) <= seq }, check };
  } finally {
    await journal.close();
  }
}

/** The image with its log cut after one of its commits, without the index that lived in memory. */
export function cutAt({ db, wal }: DiskImage, end: number): DiskImage {
  return { db, wal: wal.subarray(0, end), shm: null };
}

/**
 * What a disk may hold after the power went: `safe` bytes of the log were flushed before anybody was told of them, every sector
 * behind those is new, still zero, or half of something else; and a page that was being brought from the log into the database
 * may be torn, since the log still has it.
 */
export const losses: Readonly<Record<string, (image: DiskImage, safe: number, below: Below) => DiskImage>> = {
  'the log torn off': (image, safe, below) => cutAt(image, safe + below(image.wal.length - safe + 1)),
  'sectors of the log lost': ({ db, wal }, safe, below) => {
    const left = Buffer.from(wal);
    for (let at = Math.ceil(safe / sector) * sector; at < left.length; at += sector)
      spoil(left.subarray(at, at + sector), below);
    return { db, wal: left, shm: null };
  },
  'rubbish behind the log': ({ db, wal }, safe, below) => {
    const rubbish = Buffer.alloc(sector * (1 + below(24)));
    for (let at = 0; at < rubbish.length; at += 1) rubbish[at] = below(256);
    return { db, wal: Buffer.concat([wal.subarray(0, safe), rubbish]), shm: null };
  },
  'torn pages of the database': ({ db, wal }, safe, below) => {
    const torn = Buffer.from(db);
    const { pageBytes, pages } = flushed(readWal(wal), safe);
    for (const page of pages) {
      const start = (page - 1) * pageBytes;
      // the first sector of all says that this is a database: a sector is written whole or not at all
      for (let at = page === 1 ? sector : start; at < Math.min(start + pageBytes, torn.length); at += sector)
        spoil(torn.subarray(at, at + sector), below);
    }
    return { db: torn, wal: wal.subarray(0, safe), shm: null };
  },
};

const sector = 512;

function flushed({ pageBytes, commits }: Wal, safe: number) {
  return { pageBytes, pages: commits.findLast(({ end }) => end <= safe)?.pages ?? new Set<number>() };
}

function spoil(part: Buffer, below: Below): void {
  const what = below(3);
  if (what === 1) part.fill(0);
  if (what === 2) part.fill(1 + below(255));
}
