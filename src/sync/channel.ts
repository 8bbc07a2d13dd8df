import type { EngineView } from './sync-state.ts';
import type { Why } from './schedule.ts';

/** What the tabs and the service worker of one device tell each other. */
export type Message =
  /** Asks the leader for an attempt; `from` is who wants to hear that it was heard. */
  | { readonly tag: 'nudge'; readonly why: Why; readonly from: string }
  | { readonly tag: 'heard'; readonly by: string }
  | { readonly tag: 'state'; readonly view: EngineView }
  /** A new tab asks the leader for its state. */
  | { readonly tag: 'hello' }
  | { readonly tag: 'joined' }
  | { readonly tag: 'wiped' };

export interface Channel {
  post(message: Message): void;
  /** Called for what others post, never for one's own, until `signal` aborts. */
  listen(onMessage: (message: Message) => void, signal: AbortSignal): void;
}

const channelName = 'holdfast-sync';

/** The browser's channel, or null where it has none. Other builds of the app speak it too: what isn't known is passed over. */
export function openChannel(): Channel | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel(channelName);
  return {
    post: (message) => channel.postMessage(message),
    listen(onMessage, signal) {
      if (signal.aborted) return;
      const listener = (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) onMessage(event.data);
      };
      channel.addEventListener('message', listener);
      signal.addEventListener('abort', () => channel.removeEventListener('message', listener), { once: true });
    },
  };
}

const tags: ReadonlySet<unknown> = new Set<Message['tag']>(['nudge', 'heard', 'state', 'hello', 'joined', 'wiped']);

function isMessage(raw: unknown): raw is Message {
  return typeof raw === 'object' && raw !== null && 'tag' in raw && tags.has(raw.tag);
}
