/** Why this device can't keep or read what a person works with (reliability.md 27-32). */
export type StorageFault =
  /** Private mode, Lockdown Mode or a browser without IndexedDB. */
  | { readonly tag: 'storage-unavailable' }
  /** The disk or the origin's quota is full. Nothing of the write was kept. */
  | { readonly tag: 'storage-full' }
  /** The browser dropped the connection and three attempts to reopen it failed. */
  | { readonly tag: 'storage-lost' }
  /** The browser deleted the database while it was in use: what was not sent is gone from here. */
  | { readonly tag: 'storage-evicted' }
  /** Another tab holds an older version open. */
  | { readonly tag: 'storage-blocked' }
  /** A newer app wrote this database; this older code must not touch it. */
  | { readonly tag: 'storage-newer' };
