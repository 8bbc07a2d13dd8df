import { err, ok, type Result } from '../domain/result.ts';
import type { BackupFile, Progress, RestoreFault } from '../domain/ports/device.ts';
import type { RelayedBundle } from '../domain/sync/bundle.ts';
import type { SyncedRecord } from '../domain/sync/protocol.ts';
import {
  BackupFault,
  parseEntry,
  parseHeader,
  type BackupChange,
  type BackupEntry,
  type BackupHeader,
} from './backup-file.ts';
import type { AsideRow, SettingRow } from './rows.ts';

export type Backup = {
  readonly header: BackupHeader;
  readonly changes: readonly BackupChange[];
  readonly records: readonly SyncedRecord[];
  readonly aside: readonly AsideRow[];
  readonly settings: readonly SettingRow[];
  readonly bundles: readonly RelayedBundle[];
};

/** More than the Stress tier of product.md needs; a larger file can't be ours. */
const mostBytes = 512 * 1024 * 1024;
/** One value may have 6 MiB, twice that as escaped JSON. */
const mostLine = 16 * 1024 * 1024;

const bytesAtOnce = 1024 * 1024;

/** Checked without a pause; then the page gets a turn. */
const linesAtOnce = 100;

/** Reads and checks a whole backup file; gives all of it or a fault. Takes the file piece by piece, so the page goes on. */
export async function readBackup(file: BackupFile, onProgress?: Progress): Promise<Result<Backup, RestoreFault>> {
  if (file.size > mostBytes) return err({ tag: 'not-a-backup', detail: 'larger than any backup file' });
  try {
    return ok(await collect(file, onProgress));
  } catch (error) {
    if (!(error instanceof BackupFault)) throw error;
    return err(error.newer ? { tag: 'backup-newer' } : { tag: 'not-a-backup', detail: error.message });
  }
}

async function collect(file: BackupFile, onProgress?: Progress): Promise<Backup> {
  let header: BackupHeader | null = null;
  const entries: BackupEntry[] = [];
  let closed = false;
  let at = 0;
  for await (const line of linesOf(file, onProgress)) {
    at += 1;
    if (at % linesAtOnce === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    if (header === null) header = parseHeader(line);
    else if (line.trim() === ']}') closed = true;
    else if (line.trim() !== '') entries.push(parseEntry(line, at));
  }
  const end = entries.pop();
  if (header === null || !closed || end?.entry !== 'end' || end.value.entries !== entries.length)
    throw new BackupFault('the file is not complete');
  return {
    header,
    changes: entries.flatMap((each) => (each.entry === 'change' ? [each.value] : [])),
    records: entries.flatMap((each) => (each.entry === 'record' ? [each.value] : [])),
    aside: entries.flatMap((each) => (each.entry === 'aside' ? [each.value] : [])),
    settings: entries.flatMap((each) => (each.entry === 'setting' ? [each.value] : [])),
    bundles: entries.flatMap((each) => (each.entry === 'bundle' ? [each.value] : [])),
  };
}

async function* linesOf(file: BackupFile, onProgress?: Progress): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = 0; at < file.size; at += bytesAtOnce) {
    const bytes = await file.slice(at, at + bytesAtOnce).arrayBuffer();
    rest += decoder.decode(bytes, { stream: at + bytesAtOnce < file.size });
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > mostLine) throw new BackupFault('a line is longer than any of a backup file');
    yield* lines;
    onProgress?.(Math.min(at + bytesAtOnce, file.size), file.size);
  }
  if (rest !== '') yield rest;
}
