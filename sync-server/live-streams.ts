import { Readable } from 'node:stream';
import type { DeviceId } from '../src/domain/ids.ts';
import type { Head } from '../src/domain/sync/protocol.ts';
import type { Millis } from '../src/domain/time.ts';

/** A page, a service worker and a second tab, with room for one that has not noticed yet that it is cut off. */
const streamsPerDevice = 4;
/** A reader that takes nothing is cut off before it fills the memory; it gets everything by pulling. */
const mostUnread = 16 * 1024;

export const commentEvery: Millis = 25_000;

export type LiveStream = {
  readonly body: Readable;
  /** Sends the nudge; the newest head stands for all before it. */
  readonly nudge: (epoch: string, head: Head) => void;
  readonly end: () => void;
};

/** The open event streams of `GET /api/live`, so that they can be ended: with their token, at revocation, when the server stops. */
export class LiveStreams {
  readonly #open = new Map<DeviceId, Set<LiveStream>>();
  readonly #commentEvery: Millis;

  constructor(every: Millis = commentEvery) {
    this.#commentEvery = every;
  }

  /**
   * Opens a stream that ends by itself after `lifetime` ms; `stillAllowed` is asked before each comment, since another node may
   * have revoked the device; `onEnd` is called once, however it ends.
   */
  open(device: DeviceId, lifetime: Millis, stillAllowed: () => Promise<boolean>, onEnd: () => void): LiveStream {
    // the reader pulls whatever is there: nothing to do
    const body = new Readable({ read: () => undefined });
    let ended = false;
    const write = (text: string) => {
      if (ended || body.destroyed) return;
      if (body.readableLength > mostUnread) body.destroy();
      else body.push(text);
    };
    const stream: LiveStream = {
      body,
      nudge: (epoch, head) =>
        write(`event: head\ndata: ${JSON.stringify({ epoch, head: { seq: head.seq, hash: head.hash } })}\n\n`),
      end: () => {
        if (ended || body.destroyed) return;
        ended = true;
        body.push(null);
      },
    };
    const comments = setInterval(() => {
      void stillAllowed().then(
        (allowed) => (allowed ? write(': still here\n\n') : stream.end()),
        () => stream.end(),
      );
    }, this.#commentEvery);
    const life = setTimeout(stream.end, lifetime);
    body.once('close', () => {
      clearInterval(comments);
      clearTimeout(life);
      this.#forget(device, stream);
      onEnd();
    });
    this.#keep(device, stream);
    return stream;
  }

  endFor(device: DeviceId): void {
    for (const stream of this.#open.get(device) ?? []) stream.end();
  }

  endAll(): void {
    for (const device of this.#open.keys()) this.endFor(device);
  }

  #keep(device: DeviceId, stream: LiveStream): void {
    const streams = this.#open.get(device) ?? new Set<LiveStream>();
    this.#open.set(device, streams);
    streams.add(stream);
    const [oldest] = streams;
    if (streams.size > streamsPerDevice) oldest?.end();
  }

  #forget(device: DeviceId, stream: LiveStream): void {
    const streams = this.#open.get(device);
    streams?.delete(stream);
    if (streams?.size === 0) this.#open.delete(device);
  }
}
