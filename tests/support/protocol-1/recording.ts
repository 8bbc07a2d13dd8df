import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Instant } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { Head, JournalEntry } from '../../../src/domain/sync/protocol.ts';

/*
 * What phones and servers of protocol version 1 said to each other, as it was recorded. Phones sleep for years and speak the
 * version they were installed with, so every later build must take all of it. A recording is never made again, only others are
 * added (`node scripts/record-fixtures.mjs <name>`).
 */

export type Exchange = {
  readonly what: string;
  /** The server's clock. */
  readonly at: Instant;
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly contentType: string | null;
  readonly body: Json;
  readonly reply: { readonly status: number; readonly body: Json };
};

export type Recording = {
  readonly protocol: 1;
  readonly origin: string;
  readonly setupCode: string;
  readonly startedAt: Instant;
  /** Private keys of the devices, by the `x` of the public one: what was signed over a nonce is signed again over another. */
  readonly keys: Readonly<Record<string, JsonWebKey>>;
  /** Values that the server made up: another server makes up others in their places. */
  readonly made: readonly string[];
  readonly exchanges: readonly Exchange[];
  /** The whole journal at the end, as its coordinator read it. */
  readonly journal: { readonly epoch: string; readonly head: Head; readonly entries: readonly JournalEntry[] };
};

const folder = fileURLToPath(new URL('../../fixtures/protocol-1/', import.meta.url));

/** The names of all recordings. */
export function recordings(): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function readRecording(name: string): Recording {
  return JSON.parse(readTextFixture(name, 'exchanges.json')) as Recording;
}

export function readTextFixture(name: string, file: string): string {
  return readFileSync(`${folder}${name}/${file}`, 'utf8');
}

/** Throws where the file exists: what a phone may still say is not changed by writing it down anew. */
export function addFixture(name: string, file: string, content: unknown): void {
  mkdirSync(`${folder}${name}`, { recursive: true });
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 1)}\n`;
  writeFileSync(`${folder}${name}/${file}`, text, { flag: 'wx' });
}
