import type { AccessLevel } from '../access/access.ts';
import type { DeviceId, Instant, PersonId, RoleId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { Live } from './live.ts';
import type { RefusedChange } from './records.ts';
import type { StorageFault } from './storage-fault.ts';

/** Which life this device leads. */
export type Membership =
  /** First opening: nothing was chosen yet. */
  | { readonly state: 'new' }
  /** Set up without a server; everything stays here until it is connected. */
  | { readonly state: 'alone'; readonly person: PersonId; readonly device: DeviceId }
  | {
      readonly state: 'member';
      readonly person: PersonId;
      readonly device: DeviceId;
      /** Origin of the server, `https://…`. */
      readonly server: string;
      readonly workspace: { readonly id: string; readonly name: string };
      /** As last heard; the `grant` record is newer where there is one. */
      readonly access: AccessLevel;
      readonly roles: readonly RoleId[];
      readonly weakKey: boolean;
      readonly joinedAt: Instant;
    }
  /** Wiped on the server's word (`revoked` or `wipe`). */
  | { readonly state: 'wiped' };

export type RestoreFault =
  | StorageFault
  | { readonly tag: 'not-a-backup'; readonly detail: string }
  | { readonly tag: 'backup-newer' }
  | { readonly tag: 'other-workspace' }
  /** Made by another member's phone: a server would take its unsent changes from nobody else. */
  | { readonly tag: 'other-person' };

/** A file of text as the platform gives it; a DOM `Blob` or `File` is one. */
export interface BackupFile {
  /** Bytes. */
  readonly size: number;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
  slice(from: number, to: number): BackupFile;
}

/** This device's own state, apart from what the person works on. */
export interface Device {
  readonly membership: Live<Membership>;
  /** Makes a key pair and a local person; afterwards `membership` is `alone`. */
  startAlone(personName: string): Promise<Result<void, StorageFault>>;
  readonly refused: Live<readonly RefusedChange[]>;
  /** Gives up a refused change: it leaves the list, for good. */
  giveUp(change: RefusedChange['change']): Promise<Result<void, StorageFault>>;
  /** Small settings that outlive a reload: theme, current incident, dismissed hints. */
  setting(name: string): Live<string | null>;
  setSetting(name: string, value: string | null): Promise<Result<void, StorageFault>>;
  /** Everything on this device except the key, identity and counter (protocol.md, Clones), as one file. */
  exportBackup(): Promise<Result<BackupFile, StorageFault>>;
  restoreBackup(
    file: BackupFile,
  ): Promise<Result<{ readonly changes: number; readonly records: number }, RestoreFault>>;
}
