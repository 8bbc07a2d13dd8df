import type { AccessLevel } from '../access/access.ts';
import type { DeviceId, Instant, PersonId, RoleId } from '../ids.ts';
import type { Result } from '../result.ts';
import type { Live } from './live.ts';
import type { OwnChange, RefusedChange } from './records.ts';
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

/** What a backup file holds and what of it would be added here. */
export type BackupSummary = {
  readonly createdAt: Instant;
  /** Whose device it was; null where the file doesn't say. */
  readonly personName: string | null;
  /** Changes made by that person's devices that are not here yet. */
  readonly changes: number;
  /** Of these, by kind, what would be sent in the name of whose device this is. */
  readonly toSend: ReadonlyMap<string, number>;
  /** By kind: decisions of the file that a device which has joined does not make its own. */
  readonly leftOut: ReadonlyMap<string, number>;
  /** Records received from a server that would be taken; none where this device has its own. */
  readonly records: number;
  /** True on a new device: it then becomes that person's. */
  readonly becomesPerson: boolean;
};

/** Called as long work goes on: so much is done, of so much. */
export type Progress = (done: number, of: number) => void;

/** This device's own state, apart from what the person works on. */
export interface Device {
  readonly membership: Live<Membership>;
  /** Makes a key pair and a local person; afterwards `membership` is `alone`. */
  startAlone(personName: string): Promise<Result<void, StorageFault>>;
  readonly refused: Live<readonly RefusedChange[]>;
  /** Gives up a refused change: it leaves the list and is never sent. */
  giveUp(change: RefusedChange['change']): Promise<Result<void, StorageFault>>;
  /** Undoes `giveUp`: the change is refused again, as it was. */
  takeBack(change: RefusedChange['change']): Promise<Result<void, StorageFault>>;
  /** Sends a refused change once more as it is: the server judges it anew. Until it is accepted nothing else changes here. */
  tryAgain(change: RefusedChange['change']): Promise<Result<void, StorageFault>>;
  /** What this device made of one record, oldest first, with what became of it; kept with the outbox, so it is also there offline. */
  ownChanges(kind: string, key: string): Live<readonly OwnChange[]>;
  /** Small settings that outlive a reload: theme, current incident, dismissed hints. */
  setting(name: string): Live<string | null>;
  setSetting(name: string, value: string | null): Promise<Result<void, StorageFault>>;
  /** Sets what `edit` makes of the present value, also where another tab has set it meanwhile. */
  editSetting(name: string, edit: (value: string | null) => string | null): Promise<Result<void, StorageFault>>;
  /** Everything on this device except the key, identity and counter (protocol.md, Clones), as one file. */
  exportBackup(onProgress?: Progress): Promise<Result<BackupFile, StorageFault>>;
  /** Checks a file as a whole and says what it would add; changes nothing. */
  inspectBackup(file: BackupFile, onProgress?: Progress): Promise<Result<BackupSummary, RestoreFault>>;
  restoreBackup(
    file: BackupFile,
    onProgress?: Progress,
  ): Promise<Result<{ readonly changes: number; readonly records: number }, RestoreFault>>;
  /** Deletes everything of this device, key included, as a person asks for it; `membership` is `new` afterwards. */
  erase(): Promise<Result<void, StorageFault>>;
}
