import type { StorageFault } from './storage-fault.ts';

/**
 * A value that is read by subscribing. Guarantees: the first value comes as soon as it was read; each later one after a commit
 * that changed it, in commit order, whichever tab or worker committed; equal reads may be skipped; after `onFault` no more
 * values come until the subscriber subscribes again.
 */
export interface Live<T> {
  subscribe(onValue: (value: T) => void, onFault: (fault: StorageFault) => void): () => void;
}
