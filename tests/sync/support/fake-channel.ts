import type { Channel, Message } from '../../../src/sync/channel.ts';

/** One device's BroadcastChannel: what one context posts, all others hear, a moment later. */
export class FakeChannels {
  readonly #contexts: { readonly listeners: Set<(message: Message) => void>; frozen: boolean }[] = [];

  /** A context's end of the channel; a frozen one hears nothing, like a tab that the system stopped. */
  open(): Channel & { freeze(): void } {
    const context = { listeners: new Set<(message: Message) => void>(), frozen: false };
    this.#contexts.push(context);
    return {
      freeze: () => (context.frozen = true),
      post: (message) => {
        for (const other of this.#contexts) {
          if (other === context) continue;
          setTimeout(() => {
            if (!other.frozen) for (const listener of [...other.listeners]) listener(structuredClone(message));
          });
        }
      },
      listen: (onMessage, signal) => {
        context.listeners.add(onMessage);
        signal.addEventListener('abort', () => context.listeners.delete(onMessage));
      },
    };
  }
}
