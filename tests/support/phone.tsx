import './browser-gaps.ts';
import { webcrypto } from 'node:crypto';
import { render, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { OpenApp } from '../../src/app/open-app.tsx';
import { createSelfTest } from '../../src/app/self-test/create-self-test.ts';
import { builtInPlan } from '../../src/app/built-in-plan.ts';
import { createEncryption } from '../../src/app/create-encryption.ts';
import type { AccessLevel } from '../../src/domain/access/access.ts';
import type { DeviceId, IncidentId, PersonId, RoleId } from '../../src/domain/ids.ts';
import type { IncidentMode } from '../../src/domain/incident/incident.ts';
import type { WriteFault } from '../../src/domain/ports/records.ts';
import { nothingKnown, type JoinFault, type Sync, type SyncStatus } from '../../src/domain/ports/sync-status.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { EnrolReply } from '../../src/domain/sync/protocol.ts';
import { instant, minute, type Millis } from '../../src/domain/time.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import { activate, publishVersion, type Activation } from '../../src/parts/activation.ts';
import type { InstallationState, Ports } from '../../src/parts/ports.tsx';
import { LivesProvider, type Lives } from '../../src/parts/life.tsx';
import { Announcer } from '../../src/ui/announcer.tsx';
import { ToastProvider } from '../../src/ui/toasts.tsx';
import { openStorage, type Storage } from './open-storage.ts';
import { unreachableServer } from '../../src/app/still-sync.ts';

/*
 * A phone for tests of screens: the app's own storage over an IndexedDB in memory, and an engine that says what a test tells it
 * to. Nothing of what a screen reads or writes is played.
 */

export const startedAt: Millis = Date.parse('2026-11-23T10:00:00.000Z');

export type Phone = {
  readonly ports: Ports;
  readonly storage: Storage;
  readonly sync: TestSync;
  readonly lives: { readonly lookedAround: () => number };
  readonly user: UserEvent;
  /** Moves the phone's clock. */
  readonly setNow: (now: Millis) => void;
  /** Makes every later write fail with this, or work again. */
  readonly failWrites: (fault: WriteFault | null) => void;
  /** Before `open`. */
  readonly setInstalled: (state: InstallationState) => void;
  readonly open: (path: string) => RenderResult;
};

export type TestSync = Sync & {
  readonly say: (status: Partial<SyncStatus>) => void;
  readonly nudges: () => readonly string[];
  /** What the next `join` gives. */
  readonly answerJoin: (answer: Result<EnrolReply, JoinFault>) => void;
  readonly joins: () => readonly (readonly [string, string | null])[];
};

let phones = 0;

export async function aPhone(start: 'new' | 'alone' = 'alone', life: Ports['life'] = 'own'): Promise<Phone> {
  phones += 1;
  let now = startedAt + 10 * minute;
  let fault: WriteFault | null = null;
  let monotonic = 0;
  const clock = { now: () => now, monotonic: () => (monotonic += 1) };
  const random = { bytes: (length: number) => webcrypto.getRandomValues(new Uint8Array(length)) };
  const opened = await openStorage({
    name: `phone-${phones}`,
    clock,
    random,
    crypto: webcrypto as unknown as Crypto,
  });
  if (!opened.ok) throw new Error(opened.error.tag);
  const storage = opened.value;
  if (start === 'alone') expectOk(await storage.device.startAlone('Thandi M.'));
  const sync = testSync(storage);
  let installed: InstallationState = 'by-hand';
  let lookedAround = 0;
  const lives: Lives = {
    lookAround: () => Promise.resolve(void (lookedAround += 1)),
    leaveLookAround: () => Promise.resolve(),
  };
  const ports: Ports = {
    records: {
      ...storage.records,
      write: (drafts) => (fault === null ? storage.records.write(drafts) : Promise.resolve(err(fault))),
    },
    device: storage.device,
    lost: {
      ...storage.lost,
      putBack: (changes) =>
        fault === null ? storage.lost.putBack(changes) : Promise.resolve(err({ tag: 'storage-full' } as const)),
    },
    handOver: storage.handOver,
    selfTest: async () => createSelfTest({ ...ports, prove: storage.prove, caches: undefined }),
    sync,
    server: unreachableServer,
    clock,
    random,
    builtInPlan,
    persistence: {
      read: () => Promise.resolve({ persisted: true, usedBytes: 1, quotaBytes: 2 }),
      request: () => Promise.resolve(true),
    },
    installation: { get: () => installed, subscribe: () => () => undefined, ask: () => Promise.resolve(true) },
    encryption: async () => createEncryption(() => undefined),
    app: { version: '0.1.0', build: '30fd0e4349ce50a6' },
    life,
  };
  return {
    ports,
    storage,
    sync,
    lives: { lookedAround: () => lookedAround },
    user: userEvent.setup(),
    setNow: (next) => {
      now = next;
    },
    failWrites: (next) => {
      fault = next;
    },
    setInstalled: (next) => {
      installed = next;
    },
    open: (path) => {
      window.history.replaceState(null, '', path);
      return render(
        <Announcer>
          <ToastProvider>
            <LivesProvider value={lives}>
              <OpenApp ports={ports} />
            </LivesProvider>
          </ToastProvider>
        </Announcer>,
      );
    },
  };
}

/** A phone with the built-in plan published. */
export async function aPhoneWithPlan(): Promise<Phone> {
  const phone = await aPhone();
  expectOk(await phone.storage.records.write([publishVersion(await builtInPlan(), await personOf(phone))]));
  return phone;
}

/** A phone ten minutes into an incident of the built-in plan; its person works in `role` if one is given. */
export async function aPhoneInIncident(
  role: string | null = 'it-specialists',
  mode: IncidentMode = 'incident',
): Promise<Phone & { readonly incident: IncidentId; readonly person: PersonId }> {
  const phone = await aPhoneWithPlan();
  const person = await personOf(phone);
  const id = await begin(phone, mode, 'Warehouse fire', 'dakumofi');
  if (role !== null) {
    expectOk(
      await phone.storage.records.write([
        {
          kind: 'assignment',
          key: `${id}/${role}/${person}`,
          value: { since: instant(startedAt), until: null, note: null },
          shown: null,
        },
      ]),
    );
  }
  return { ...phone, incident: id, person };
}

/** Activates the built-in plan, once more where it was activated already. */
export async function begin(phone: Phone, mode: IncidentMode, title: string, code: string): Promise<IncidentId> {
  const { hash } = await builtInPlan();
  const { id, drafts } = await activation(phone, { plan: hash, mode, title, code });
  expectOk(await phone.storage.records.write(drafts));
  return id;
}

/** What an activation writes: of an incident "Warehouse fire" unless told otherwise. */
export async function activation(phone: Phone, asked: Pick<Activation, 'plan'> & Partial<Activation>) {
  const usual = { mode: 'incident', code: 'dakumofi', title: 'Warehouse fire', severity: 'major' } as const;
  const where = { zone: 'Africa/Johannesburg', startedAt: instant(startedAt), by: await personOf(phone) };
  return activate({ ...usual, ...where, ...asked }, startedAt, phone.ports.random);
}

/** Publishes version 2 of the built-in plan, in which a contact has this number and no other. */
export async function correctContact(phone: Phone, contact: string, number: string): Promise<void> {
  const { hash: _, ...first } = await phone.ports.builtInPlan();
  const items = first.items.map((item) =>
    item.section === 'contact' && item.id === contact
      ? { ...item, salt: 'c2FsdHNhbHRzYWx0c2FsdA', means: [{ ...item.means[0], value: number }] }
      : item,
  ) as typeof first.items;
  const version = { ...first, items, number: 2 };
  const published = publishVersion({ ...version, hash: planHash(version) }, await personOf(phone));
  expectOk(await phone.storage.records.write([published]));
}

/** Binds the phone to a server, as a join does. */
export async function makeMember(
  phone: Phone,
  access: AccessLevel,
  roles: readonly string[] = [],
): Promise<EnrolReply> {
  const reply = enrolled(access, roles);
  const key = await phone.storage.syncStore.createKey();
  if (!key.ok) throw new Error(key.error.tag);
  const adopted = await phone.storage.syncStore.adopt('https://holdfast.example', {
    ...reply,
    device: key.value.device,
  });
  expectOk(adopted);
  return reply;
}

export function enrolled(access: AccessLevel, roles: readonly string[] = []): EnrolReply {
  return {
    device: '3f9ac2d1b7e84c05' as DeviceId,
    person: 'thandi' as PersonId,
    workspace: { id: 'shop', name: 'Harbour Shop' },
    access,
    roles: roles as readonly RoleId[],
  };
}

export async function personOf(phone: Phone): Promise<PersonId> {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.device.membership.subscribe(
      (membership) => {
        if (membership.state === 'alone' || membership.state === 'member') resolve(membership.person);
        else reject(new Error(membership.state));
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}

function testSync(storage: Storage): TestSync {
  let status: SyncStatus = nothingKnown;
  let answer: Result<EnrolReply, JoinFault> = err({ tag: 'no-answer' });
  const listeners = new Set<() => void>();
  const nudges: string[] = [];
  const joins: (readonly [string, string | null])[] = [];
  return {
    status: {
      get: () => status,
      subscribe: (onChange) => {
        listeners.add(onChange);
        return () => listeners.delete(onChange);
      },
    },
    nudge: (why) => nudges.push(why),
    join: async (code, name) => {
      joins.push([code, name]);
      if (!answer.ok) return answer;
      const key = await storage.syncStore.createKey();
      if (!key.ok) return key;
      const adopted = await storage.syncStore.adopt('https://holdfast.example', {
        ...answer.value,
        device: key.value.device,
      });
      return adopted.ok ? ok(answer.value) : adopted;
    },
    say: (part) => {
      status = { ...status, ...part };
      for (const listener of listeners) listener();
    },
    nudges: () => nudges,
    answerJoin: (next) => {
      answer = next;
    },
    joins: () => joins,
  };
}

function expectOk(result: Result<unknown, { readonly tag: string }>): void {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
}
