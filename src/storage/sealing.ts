import type { Dexie } from 'dexie';
import { declareVersions } from './migrations.ts';

/** What stands between the app and the disk: nothing, unless the database is, or ever was, sealed with a passphrase (decision 17). */
export type Sealing = {
  /** `off`: it was sealed once, so whoever knows nothing of seals is still refused. */
  readonly state: 'none' | 'off' | 'on';
  /** Declares the database as it then is, and puts itself between Dexie and the disk. */
  readonly prepare: (dexie: Dexie) => void;
  /** A row in the form in which it is written from now on. */
  readonly seal: (table: string, row: object) => object;
  /** A row as it was given, from either form. Throws for one that was changed, or sealed with another key. */
  readonly open: <T>(table: string, row: T) => T;
};

export const asGiven: Sealing = {
  state: 'none',
  prepare: (dexie) => declareVersions(dexie),
  seal: (_, row) => row,
  open: (_, row) => row,
};
