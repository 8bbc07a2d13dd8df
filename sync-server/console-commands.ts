import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseDeviceId } from '../src/domain/ids.ts';
import { err, ok, type Result } from '../src/domain/result.ts';
import { normalJoinCode } from '../src/domain/sync/codes.ts';
import { spokenCode } from '../src/domain/sync/spoken-code.ts';
import type { Millis } from '../src/domain/time.ts';
import type { Config } from './config.ts';
import type { Journal } from './journal/journal.ts';
import { copyDatabase, faultOfBackup, markSafe } from './journal/sqlite-backup.ts';
import { databaseFile, openJournal, reasonOf } from './open-journal.ts';
import { backupOfPostgres, backupTaken, moveThere, print, restored } from './postgres-commands.ts';
import { freshSetUpLine, setUpLine } from './setup-code.ts';
import { newVapidKey } from './vapid-key.ts';

type Done = Promise<Result<void, string>>;

const usage =
  'Commands: setup-code [workspace], add-workspace <name>, devices, report-lost <device>, vapid-key, verify, backup <file>, restore <file>, ' +
  'move-to-postgres, backup-taken <address of a restored copy>. ' +
  'Without a command the server starts.';

/**
 * What only the server's own console may do (protocol.md, Starting a server). All but `restore` and `move-to-postgres` work while
 * the server runs; `restore` refuses where a database lies already.
 */
export async function runConsoleCommand(config: Config, command: string, words: readonly string[]): Done {
  const [word] = words;
  switch (command) {
    case 'setup-code':
      return await withJournal(config, (journal, now) => setupCode(journal, config, word, now()));
    case 'add-workspace':
      if (word === undefined || word.trim() === '')
        return err('Give the workspace a name: add-workspace "Plant north".');
      return await withJournal(config, (journal, now) => addWorkspace(journal, config, word.trim(), now()));
    case 'devices':
      return await withJournal(config, listDevices);
    case 'report-lost':
      return word === undefined
        ? err('Name the device as "devices" lists it: report-lost 0123456789abcdef.')
        : await withJournal(config, (journal, now) => reportLost(journal, word, now()));
    case 'vapid-key':
      return print(`VAPID_PRIVATE_KEY=${newVapidKey()}`);
    case 'verify':
      return await withJournal(config, verify);
    case 'move-to-postgres':
      return await moveThere(config);
    case 'backup-taken':
      return await backupTaken(config, word);
    case 'backup':
      if (config.databaseUrl !== null) return err(backupOfPostgres);
      return word === undefined
        ? err('Name the file to write: backup holdfast-backup.db.')
        : await backup(config, word);
    case 'restore':
      if (config.databaseUrl !== null) return await restored(config);
      return word === undefined
        ? err('Name the backup to restore: restore holdfast-backup.db.')
        : await restore(config, word);
    default:
      return err(`"${command}" is no command. ${usage}`);
  }
}

async function withJournal(config: Config, run: (journal: Journal, now: () => Millis) => Done): Done {
  const opened = await openJournal(config);
  if (!opened.ok) return opened;
  try {
    return await run(opened.value.journal, opened.value.now);
  } finally {
    await opened.value.close();
  }
}

/** Reads every entry again; the first that does not verify is named in words. */
async function verify(journal: Journal): Done {
  const broken: string[] = [];
  for (const { id, name } of await journal.workspaces()) {
    const found = await journal.verify(id);
    if (found.ok) print(`${name}: ${String(found.value.seq)} entries verify, up to ${found.value.hash}`);
    else
      broken.push(`${name}: entry ${String(found.error.seq)} is not as it was written${changeOf(found.error.change)}`);
  }
  return broken.length === 0 ? ok(undefined) : err(broken.join('\n'));
}

function changeOf(change: string | null): string {
  return change === null ? ', or is missing.' : ` (change ${change}).`;
}

async function setupCode(journal: Journal, config: Config, wanted: string | undefined, now: Millis): Done {
  const known = await journal.workspaces();
  if (known.length === 0) return print((await setUpLine(journal, config, now)) ?? '');
  const open = known.filter(({ hasCoordinator }) => !hasCoordinator);
  const named = known.find(({ id, name }) => id === wanted || name === wanted);
  if (wanted !== undefined && named === undefined) return err(`There is no workspace "${wanted}".`);
  const workspace = named ?? open[0];
  if (workspace === undefined || workspace.hasCoordinator) {
    return err('This workspace has a coordinator already: ask a coordinator for an invitation.');
  }
  if (named === undefined && open.length > 1) {
    return err(`Say which workspace: ${open.map(({ id, name }) => `${id} (${name})`).join(', ')}.`);
  }
  return printSpoken(await freshSetUpLine(journal, config, workspace.id, now));
}

/** The link, and its code in words: whoever sits at the console may have to say it to whoever holds the phone. */
function printSpoken(line: string): Result<void, string> {
  const code = normalJoinCode(line.slice(line.indexOf('#') + 1)) ?? '';
  print(line);
  return print(
    `Say: ${spokenCode(code)
      .map((group) => group.join(' '))
      .join(', ')}`,
  );
}

async function addWorkspace(journal: Journal, config: Config, name: string, now: Millis): Done {
  const workspace = await journal.createWorkspace(name, now);
  return print(await freshSetUpLine(journal, config, workspace, now));
}

async function listDevices(journal: Journal): Done {
  for (const { id: workspace, name } of await journal.workspaces()) {
    for (const device of await journal.devices(workspace))
      print([device.id, name, device.name, device.lastSeenAt ?? 'never seen', device.revoked?.mode ?? ''].join('\t'));
  }
  return ok(undefined);
}

/** For the one case that the app cannot help with: the phone of the only coordinator is lost, and no other may report it. */
async function reportLost(journal: Journal, wanted: string, now: Millis): Done {
  const id = parseDeviceId(wanted);
  const device = id.ok ? await journal.device(id.value) : null;
  if (device === null) return err(`There is no device "${wanted}".`);
  const done = await journal.revoke(device.workspace, device.id, 'lost', now);
  return done.ok ? print(`${device.id} (${device.name}) is reported lost.`) : err(`There is no device "${wanted}".`);
}

/** Copies the database while the server goes on writing, reads the whole copy, and only then counts it as a backup. */
async function backup(config: Config, to: string): Done {
  if (!existsSync(databaseFile(config))) return err(`There is no database ${databaseFile(config)}: is DATA_DIR right?`);
  if (existsSync(to)) return err(`${to} exists already: name another file.`);
  const unfinished = `${to}.unfinished`;
  try {
    await copyDatabase(databaseFile(config), unfinished);
    const fault = faultOfBackup(unfinished);
    if (fault !== null) return err(`The backup would not be readable: ${fault}.`);
    await rename(unfinished, to);
    markSafe(databaseFile(config), to);
  } catch (error) {
    return err(`The backup failed: ${reasonOf(error)}.`);
  } finally {
    await rm(unfinished, { force: true });
  }
  return print(`Backed up to ${to}`);
}

/**
 * Puts a backup in the place of a database that is gone. The new epoch makes every phone send again what it holds, so that
 * what was written since the backup comes back; revocations lie beside the database and stay (protocol.md, "A server with another past").
 */
async function restore(config: Config, from: string): Done {
  const file = databaseFile(config);
  if (!existsSync(from)) return err(`There is no file ${from}.`);
  if ([file, `${file}-wal`].some((each) => existsSync(each))) {
    return err(
      `${file} is there: stop the server and move it and its -wal and -shm files away first. Leave revocations.jsonl.`,
    );
  }
  const fault = faultOfBackup(from);
  if (fault !== null) return err(`${from} is no readable backup: ${fault}.`);
  const unfinished = `${file}.unfinished`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await copyFile(from, unfinished);
    await rename(unfinished, file);
  } catch (error) {
    return err(`The backup cannot be restored: ${reasonOf(error)}.`);
  } finally {
    await rm(unfinished, { force: true });
  }
  const renewed = await withJournal(config, async (journal) => ok(await journal.beginNewEpoch()));
  return renewed.ok ? print(`Restored ${from}. Start the server: phones will send again what they hold.`) : renewed;
}
