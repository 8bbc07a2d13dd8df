import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { parseDeviceId, type Instant } from '../../src/domain/ids.ts';
import type { EnrolledDevice } from './journal.ts';

/** A revoked device with all that is needed to know it again in a database that is older than the device. */
export type Revocation = Omit<EnrolledDevice, 'lastSeenAt' | 'approvedAt' | 'revoked'> & {
  readonly mode: 'lost' | 'leaver';
  readonly at: Instant;
};

/**
 * Revocations beside the database and outside its backups, one JSON line each, so that a restored backup revives no revoked
 * device (protocol.md, "A server with another past"). A line that a power cut left half-written is passed over.
 */
export class RevocationsFile {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  read(): readonly Revocation[] {
    if (!existsSync(this.path)) return [];
    return readFileSync(this.path, 'utf8').split('\n').flatMap(readLine);
  }

  /** On disk when it returns. */
  add(revocation: Revocation): void {
    const file = openSync(this.path, 'a', 0o600);
    try {
      writeSync(file, `\n${JSON.stringify(revocation)}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  }
}

function readLine(line: string): readonly Revocation[] {
  if (line === '') return [];
  try {
    const read = JSON.parse(line) as Revocation;
    return parseDeviceId(read.id).ok && (read.mode === 'lost' || read.mode === 'leaver') ? [read] : [];
  } catch {
    return [];
  }
}
