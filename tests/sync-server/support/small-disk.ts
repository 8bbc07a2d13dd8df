import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own that can be filled and freed. */
export type SmallDisk = {
  readonly folder: string;
  /** Leaves about so many bytes free. */
  readonly fill: (left: number) => void;
  readonly free: () => void;
  readonly remove: () => void;
};

/** Whether this machine lets the tests mount a file system: root outside of most containers, or one that was given the right. */
export function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-mount-'));
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (done.status === 0) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
  return done.status === 0;
}

export function smallDisk(mebibytes: number): SmallDisk {
  const mounted = mkdtempSync(join(tmpdir(), 'holdfast-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(mebibytes)}m,mode=0700`, 'tmpfs', mounted]);
  const folder = join(mounted, 'data');
  mkdirSync(folder);
  const ballast = join(mounted, 'ballast');
  return {
    folder,
    fill: (left) => {
      writeFileSync(ballast, randomBytes(Math.max(0, freeBytes(mounted) - left)));
    },
    free: () => rmSync(ballast, { force: true }),
    remove: () => {
      execFileSync('umount', [mounted]);
      rmSync(mounted, { recursive: true, force: true });
    },
  };
}

function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
