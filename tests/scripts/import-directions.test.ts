import { spawnSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A pattern that the linter can't read is dropped without a word, so every direction is tried. */
const refused: readonly (readonly [file: string, specifier: string])[] = [
  ['src/domain/time.ts', '../storage/outbox.ts'],
  ['src/domain/time.ts', '../sync/engine.ts'],
  ['src/domain/plan/plan.ts', '../../sync/engine.ts'],
  ['src/domain/plan/plan.ts', '../../../sync-server/config.ts'],
  ['src/domain/plan/plan.ts', 'dexie'],
  ['src/domain/plan/plan.ts', 'zod'],
  ['src/domain/plan/plan.ts', 'node:crypto'],
  ['src/storage/outbox.ts', '../sync/engine.ts'],
  ['src/storage/outbox.ts', '../app/main.tsx'],
  ['src/storage/outbox.ts', 'zod'],
  ['src/sync/engine.ts', '../storage/outbox.ts'],
  ['src/sync/engine.ts', 'dexie'],
  ['src/ui/button.tsx', '../domain/time.ts'],
  ['src/parts/task-row.tsx', '../features/now/now-page.tsx'],
  ['src/parts/task-row.tsx', '../storage/outbox.ts'],
  ['src/features/now/now-page.tsx', '../log/log-page.tsx'],
  ['src/features/now/now-page.tsx', '../../features/log/log-page.tsx'],
  ['src/features/now/now-page.tsx', '../../storage/outbox.ts'],
  ['src/features/now/now-page.tsx', '../../app/routes.ts'],
  ['src/sw/service-worker.ts', '../ui/button.tsx'],
  ['src/sw/service-worker.ts', 'react'],
  ['src/app/main.tsx', '../../sync-server/config.ts'],
  ['src/app/main.tsx', '../../tests/support/clock.ts'],
  ['src/app/main.tsx', 'fastify'],
  ...['storage/a.ts', 'sync/a.ts', 'ui/a.tsx', 'parts/a.tsx', 'features/a/a.tsx', 'sw/a.ts', 'app/a.tsx'].flatMap(
    (file) => ['better-sqlite3', 'pg', 'pg/lib/client'].map((specifier) => [`src/${file}`, specifier] as const),
  ),
  ['sync-server/routes/sync.ts', '../../src/storage/outbox.ts'],
  ['sync-server/main.ts', '../src/sync/engine.ts'],
  ['sync-server/main.ts', '../tests/support/clock.ts'],
];
const accepted: readonly (readonly [file: string, specifier: string])[] = [
  ['src/domain/plan/role.ts', '../sync/change.ts'],
  ['src/domain/plan/role.ts', './plan.ts'],
  ['src/domain/plan/role.ts', 'zod/mini'],
  ['src/domain/plan/role.ts', '@noble/hashes/sha2.js'],
  ['src/domain/result.ts', './sync/change.ts'],
  ['src/storage/records.ts', '../domain/sync/change.ts'],
  ['src/storage/records.ts', 'dexie'],
  ['src/sync/session.ts', '../domain/time.ts'],
  ['src/parts/role-badge.tsx', '../ui/button.tsx'],
  ['src/features/log/log-page.tsx', '../../parts/task-row.tsx'],
  ['src/features/log/log-page.tsx', './log-page.module.css'],
  ['src/sw/push.ts', '../sync/engine.ts'],
  ['src/app/routes.ts', '../features/now/now-page.tsx'],
  ['sync-server/config.ts', '../src/domain/sync/codes.ts'],
  ['sync-server/routes/live.ts', '../journal/journal.ts'],
  ['sync-server/routes/live.ts', 'zod'],
  ['sync-server/journal/postgres-clock.ts', 'pg'],
];

describe('import directions', () => {
  let folder: string;
  let report: readonly { readonly filename: string; readonly message: string; readonly help: string }[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-imports-'));
    await copyFile(fileURLToPath(new URL('../../.oxlintrc.json', import.meta.url)), join(folder, '.oxlintrc.json'));
    for (const [index, [file, specifier]] of [...refused, ...accepted].entries()) {
      const path = join(folder, numbered(file, index));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, `import * as used from '${specifier}';\nvoid used;\n`);
    }
    report = lint(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const complaint = (file: string, index: number) =>
    report.find(({ filename }) => filename.endsWith(numbered(file, index)));

  it.each(refused.map(([file, specifier], index) => [file, specifier, index] as const))(
    '[ARCH] %s must not import %s',
    (file, _, index) => {
      expect(complaint(file, index)?.help).toMatch(/^Import directions .*: .{20}/);
    },
  );

  it.each(accepted.map(([file, specifier], index) => [file, specifier, refused.length + index] as const))(
    '[ARCH] %s may import %s',
    (file, _, index) => {
      expect(complaint(file, index)).toBeUndefined();
    },
  );
});

/** One file for each line of the tables: a file can stand in several. */
function numbered(file: string, index: number): string {
  return file.replace(/(\.tsx?)$/, `-${String(index)}$1`);
}

function lint(
  folder: string,
): readonly { readonly filename: string; readonly message: string; readonly help: string }[] {
  const oxlint = fileURLToPath(new URL('../../node_modules/oxlint/bin/oxlint', import.meta.url));
  const only = ['-A', 'all', '-D', 'no-restricted-imports'];
  const { stdout } = spawnSync(process.execPath, [oxlint, ...only, '--format', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { diagnostics } = JSON.parse(stdout) as {
    readonly diagnostics: readonly { filename: string; message: string; help: string }[];
  };
  return diagnostics;
}
