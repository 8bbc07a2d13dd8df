import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoleId, WorkspaceId } from '../../../src/domain/ids.ts';
import type { Change } from '../../../src/domain/sync/protocol.ts';
import { day, instant, type Millis } from '../../../src/domain/time.ts';
import type { Journal, Session } from '../../../sync-server/journal/journal.ts';
import { openSqliteStore } from '../../../sync-server/journal/sqlite-journal.ts';
import { newIdentity, type Identity } from './identity.ts';

/** An enrolled device of a person of its own. */
export type Member = { readonly identity: Identity; readonly session: Session };

export type Fixture = { readonly dataDir: string; readonly members: readonly Member[] };

type Fill = (journal: Journal, members: readonly Member[]) => Promise<void>;

const nothingMore: Fill = async () => undefined;

/** A folder for a database; `removeFixture` deletes it. */
export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'holdfast-load-'));
}

export function removeFixture(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true });
}

/**
 * Fills a new database before a server opens it: a workspace with one coordinator (the first member) and as many responders as
 * asked for, each a person with a device and a key; then whatever `fill` adds.
 */
export async function makeFixture(devices: number, fill = nothingMore): Promise<Fixture> {
  const dataDir = newDataDir();
  const journal = openSqliteStore({
    path: join(dataDir, 'holdfast.db'),
    random: (length) => randomBytes(length),
  }).journal;
  return { dataDir, members: await fillJournal(journal, devices, fill) };
}

/** As `makeFixture`, whatever the journal is kept in. Closes it. */
export async function fillJournal(journal: Journal, devices: number, fill = nothingMore): Promise<readonly Member[]> {
  const workspace = await journal.createWorkspace('Load', Date.now());
  await journal.keepSetupCode(workspace, 'setup', Date.now() + day);
  const first = await enrol(journal, workspace, 'setup', 'Coordinator');
  const others = await Promise.all(
    Array.from({ length: devices - 1 }, (_, place) => invite(journal, first, `code-${String(place)}`)),
  );
  const members = [first, ...others];
  await fill(journal, members);
  await journal.close();
  return members;
}

/** Keeps changes without a server in between, as fast as the journal takes them. */
export async function keep(
  journal: Journal,
  { session }: Member,
  changes: readonly Change[],
  now: Millis = Date.now(),
): Promise<void> {
  for (let from = 0; from < changes.length; from += 500) {
    const batch = changes.slice(from, from + 500);
    const request = { protocol: 1, clientNow: instant(now), line: 1, epoch: null, head: null, view: null } as const;
    const done = await journal.sync(session, { ...request, cursor: 0, limit: 1, last: false, changes: batch }, now);
    if (!done.ok) throw new Error(done.error.code);
    const refused = done.value.outcomes.find(({ outcome }) => outcome === 'refused');
    if (refused !== undefined) throw new Error(JSON.stringify(refused));
  }
}

async function invite(journal: Journal, by: Member, code: string): Promise<Member> {
  const { workspace, person, device } = by.session;
  const who = { person: { name: `Responder ${code}` }, access: 'responder', roles: [] as readonly RoleId[] } as const;
  const invited = await journal.invite(
    workspace,
    { ...who, code, expiresAt: Date.now() + day, by: person, device },
    Date.now(),
  );
  if (!invited.ok) throw new Error(invited.error);
  return await enrol(journal, workspace, code, null);
}

async function enrol(journal: Journal, workspace: WorkspaceId, code: string, name: string | null): Promise<Member> {
  const identity = newIdentity();
  const { device, publicKey } = identity;
  const person = name === null ? null : { name };
  const done = await journal.enrol(
    { code, device, publicKey, name: 'phone', weakKey: false, person, previous: null },
    Date.now(),
  );
  if (!done.ok) throw new Error(done.error);
  return { identity, session: { workspace, device, person: done.value.person } };
}
