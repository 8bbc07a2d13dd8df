import * as z from 'zod/mini';
import { head as headSchema, type Head } from '../domain/sync/protocol.ts';
import { minute, type Millis } from '../domain/time.ts';
import { childOf } from './abort.ts';
import { readEvents } from './read-events.ts';
import type { Session } from './session.ts';
import type { Timer } from './timer.ts';

export type LiveParts = {
  readonly fetch: typeof fetch;
  readonly origin: string;
  readonly session: Session;
  readonly timer: Timer;
};

export type LiveHead = { readonly epoch: string; readonly head: Head };

/** The server sends a comment every 25 s: a stream silent for this long is dead, whatever the network stack believes. */
export const silenceMs: Millis = minute;

const headEvent = z.looseObject({ epoch: z.string(), head: headSchema });

/**
 * Reads `GET /api/live` (protocol.md) until it ends: by the server, by the network, by silence, or by `signal`. Every head it
 * tells is given to `onHead`: a nudge, never data. Resolves true if at least one head came, so the server was truly there.
 */
export async function readLiveStream(
  parts: LiveParts,
  signal: AbortSignal,
  onHead: (head: LiveHead) => void,
): Promise<boolean> {
  const token = await parts.session.token(signal);
  if (!token.ok) return false;
  const { controller, release } = childOf(signal);
  const watch = watchSilence(parts.timer, controller);
  let heard = false;
  try {
    const response = await parts.fetch(`${parts.origin}/api/live`, {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${token.value}` },
      redirect: 'manual',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: controller.signal,
    });
    if (response.status === 401) parts.session.drop(token.value);
    if (
      response.status !== 200 ||
      !response.headers.get('content-type')?.startsWith('text/event-stream') ||
      response.body === null
    ) {
      await response.body?.cancel();
      return false;
    }
    await readEvents(response.body, watch.heard, ({ event, data }) => {
      const head = event === 'head' ? parseHead(data) : null;
      if (head === null) return;
      heard = true;
      onHead(head);
    });
    return heard;
  } catch {
    // the stream broke or was aborted: the usual end
    return heard;
  } finally {
    controller.abort();
    release();
  }
}

function parseHead(data: string): LiveHead | null {
  try {
    const read = headEvent.safeParse(JSON.parse(data));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Aborts `stream` when nothing was heard for `silenceMs`. */
function watchSilence(timer: Timer, stream: AbortController): { readonly heard: () => void } {
  let lately = true;
  const watch = async () => {
    while (lately && !stream.signal.aborted) {
      lately = false;
      await timer.wait(silenceMs, stream.signal);
    }
    stream.abort();
  };
  void watch();
  return { heard: () => (lately = true) };
}
