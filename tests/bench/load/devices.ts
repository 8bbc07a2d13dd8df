import type { Change, Head, SyncReply } from '../../../src/domain/sync/protocol.ts';
import { instant } from '../../../src/domain/time.ts';
import type { FloorReply } from './floor-wire.ts';
import { bodyOf, type HttpCalls } from './http-calls.ts';

/** A device as a scenario drives it, whichever server stands behind it. */
export interface LoadDevice {
  /** Sends a batch and takes the page that comes with the reply; says whether there is more to pull. */
  sync(changes: readonly Change[]): Promise<boolean>;
  /** The winners that it holds: change by record. */
  readonly held: ReadonlyMap<string, string>;
}

const limit = 500;
/** As the app does. */
const besideVerdicts = 100;

/** Pulls until there is nothing more. */
export async function catchUp(device: LoadDevice): Promise<void> {
  while (await device.sync([])) continue;
}

export type Place = { readonly epoch: string; readonly head: Head; readonly view: string; readonly cursor: number };

/** A device of Holdfast: a session, verdicts checked one by one, records kept by kind and key. */
export class HoldfastDevice implements LoadDevice {
  readonly held = new Map<string, string>();
  readonly #calls: HttpCalls;
  readonly #token: string;
  #at: Place | null;

  /** `at` is where it was when it last heard of the server; null for a new phone. */
  constructor(calls: HttpCalls, token: string, at: Place | null = null) {
    this.#calls = calls;
    this.#token = token;
    this.#at = at;
  }

  async sync(changes: readonly Change[]): Promise<boolean> {
    const reply = await this.#calls.post('/api/sync', { token: this.#token, body: this.body(changes) });
    return this.take(bodyOf(reply) as SyncReply, changes);
  }

  body(changes: readonly Change[]): object {
    const { epoch = null, head = null, view = null, cursor = 0 } = this.#at ?? {};
    const clientNow = instant(Date.now());
    return {
      protocol: 1,
      clientNow,
      line: 1,
      epoch,
      head,
      view,
      cursor,
      limit: changes.length === 0 ? limit : besideVerdicts,
      last: false,
      changes,
    };
  }

  take(reply: SyncReply, changes: readonly Change[]): boolean {
    const refused = reply.outcomes.find(({ outcome }) => outcome === 'refused');
    if (refused !== undefined) throw new Error(`refused: ${JSON.stringify(refused)}`);
    if (reply.outcomes.length !== changes.length) throw new Error('a verdict is missing');
    if (reply.reset) this.held.clear();
    for (const { kind, key, change } of reply.records) this.held.set(`${kind}/${key}`, change);
    const { epoch, head, view, cursor, more } = reply;
    this.#at = { epoch, head, view, cursor };
    return more;
  }
}

/** A client of the floor. */
export class FloorDevice implements LoadDevice {
  readonly held = new Map<string, string>();
  readonly #calls: HttpCalls;
  #cursor = 0;

  constructor(calls: HttpCalls) {
    this.#calls = calls;
  }

  async sync(changes: readonly Change[]): Promise<boolean> {
    const body = { changes, cursor: this.#cursor, limit };
    const reply = bodyOf(await this.#calls.post('/api/sync', { body })) as FloorReply;
    for (const { key, change } of reply.records) this.held.set(key, change);
    this.#cursor = reply.cursor;
    return reply.more;
  }
}
