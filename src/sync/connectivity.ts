import type { StorageFault } from '../domain/ports/storage-fault.ts';
import type { SyncStatus } from '../domain/ports/sync-status.ts';
import { unreachable } from '../domain/result.ts';
import type { Millis } from '../domain/time.ts';

/** How a round of sync ended. */
export type RoundEnd =
  /** The server judged everything that was unsent, and nothing was left to pull. */
  | { readonly tag: 'settled' }
  /** This device has no server. */
  | { readonly tag: 'alone' }
  /** No answer that proves a server, or one that can't serve now. `hold`: the server asked not to come before that. */
  | { readonly tag: 'unreached'; readonly hold: Millis | null }
  | { readonly tag: 'needs-code' }
  | { readonly tag: 'needs-update' }
  /** Wiped on the server's word. */
  | { readonly tag: 'wiped' }
  | { readonly tag: 'fault'; readonly fault: StorageFault }
  /** The page or the worker is going. */
  | { readonly tag: 'stopped' };

type Connection = SyncStatus['connection'];

/**
 * What is known of the connection after a round. Only a validated reply of our own server proves one; `navigator.onLine` is
 * never asked. A fault of this device's storage says nothing of the network.
 */
export function connectionAfter(end: RoundEnd, before: Connection): Connection {
  switch (end.tag) {
    case 'settled':
      return 'online';
    case 'alone':
    case 'wiped':
      return 'alone';
    case 'unreached':
      return 'offline';
    case 'needs-code':
    case 'needs-update':
      return end.tag;
    case 'fault':
    case 'stopped':
      return before === 'sending' ? 'offline' : before;
    default:
      return unreachable(end);
  }
}
