import { afterEach, expect } from 'vitest';
import type { Journal } from '../../../sync-server/journal/journal.ts';
import type { AccessLevel } from '../../../src/domain/access/access.ts';
import type { RoleId } from '../../../src/domain/ids.ts';
import { createSync, type RunningSync } from '../../../src/sync/create-sync.ts';
import { systemRandomness } from '../../../src/sync/system-clock.ts';
import { openPhone, type Phone } from '../../storage/support/open-phone.ts';
import { valueOf } from '../../storage/support/phone-parts.ts';
import { startServer, stopServer, type RunningServer } from '../../support/running-server.ts';
import { FakePage } from './fake-page.ts';

/*
 * Phones with the real storage and the real engine, and the real server on a port; all of it ends with each test.
 */

export type RealPhone = {
  readonly phone: Phone;
  readonly sync: RunningSync;
  readonly page: FakePage;
  stop(): Promise<void>;
};

let running: RunningServer | null = null;
let phones: RealPhone[] = [];

afterEach(async () => {
  for (const phone of phones) await phone.stop();
  phones = [];
  if (running !== null) await stopServer(running);
  await running?.journal.close();
  running = null;
});

/** The one server of a test; started again on the same port with the journal that was kept, it is the same server. */
export async function realServer(port = 0, kept: Journal | null = null): Promise<RunningServer> {
  running = await startServer(port, kept);
  return running;
}

type Options = { readonly wrongBy?: number; readonly fetch?: typeof fetch };
type Invited = { readonly access?: AccessLevel; readonly roles?: readonly string[] };

export async function openRealPhone(
  origin: string,
  { wrongBy = 0, fetch: call = fetch }: Options = {},
): Promise<RealPhone> {
  const clock = { now: () => Date.now() + wrongBy, monotonic: () => performance.now() };
  const phone = await openPhone({ clock: Object.assign(clock, { wall: 0, awake: 0, advance: () => undefined }) });
  const page = new FakePage();
  const sync = createSync({
    store: phone.syncStore,
    membership: phone.device.membership,
    plans: phone.incidentPlans,
    clock,
    random: systemRandomness,
    origin,
    deviceName: () => 'Test phone',
    page,
    fetch: call,
    locks: null,
    channel: null,
    eraseApp: () => Promise.resolve(),
  });
  const life = new AbortController();
  const ended = sync.start(life.signal);
  const stop = async () => {
    life.abort();
    await ended;
    phone.close();
  };
  const opened = { phone, sync, page, stop };
  phones.push(opened);
  return opened;
}

export async function joined(
  server: RunningServer,
  code: string,
  name: string | null,
  options: Options = {},
): Promise<RealPhone> {
  const opened = await openRealPhone(server.origin, options);
  valueOf(await opened.sync.join(code, name, `${name ?? 'Invited'}'s phone`));
  await until(() => opened.sync.status.get().connection === 'online');
  return opened;
}

export async function invited(
  server: RunningServer,
  by: RealPhone,
  name: string,
  { access = 'coordinator', roles = [], ...options }: Options & Invited = {},
): Promise<RealPhone> {
  const invite = valueOf(
    await by.sync.server.invite({ person: { name }, access, roles: roles as RoleId[], expiresInDays: 7 }),
  );
  expect(invite.url).toBe(`${server.origin}/join#${invite.code}`);
  return joined(server, invite.url, null, options);
}

export async function until(holds: () => boolean | Promise<boolean>, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('not in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export function isSent({ sync }: RealPhone): boolean {
  const { unsent, connection } = sync.status.get();
  return unsent === 0 && connection === 'online';
}
