import type { DeviceId, Instant } from '../ids.ts';
import type { Result } from '../result.ts';
import type { Refusal } from '../sync/protocol.ts';
import type { Live } from './live.ts';
import type { StorageFault } from './storage-fault.ts';

/** How a hand-over came: a camera reads what another phone shows now, a file may have lain about. */
export type Way = 'camera' | 'file';

/** What one phone's person made, as a hand-over holds it. */
export type HandedOver = {
  readonly device: DeviceId;
  /** Whose device it says it is; only a server can tell for sure. Null where it doesn't say. */
  readonly person: string | null;
  readonly changes: number;
  /** Of these, what is not on this phone yet. */
  readonly news: number;
  /** By kind of record, the news only. */
  readonly kinds: ReadonlyMap<string, number>;
};

export type HandOverSummary = {
  readonly packedAt: Instant;
  readonly from: readonly HandedOver[];
  readonly changes: number;
  readonly news: number;
};

/** A change that this phone brought to the server, which refused it. */
export type DeclinedChange = { readonly kind: string; readonly key: string; readonly reason: Refusal };

/** What this phone carries for another one. */
export type CarriedBundle = {
  /** Names it; its signature. */
  readonly bundle: string;
  readonly device: DeviceId;
  readonly person: string | null;
  readonly takenAt: Instant;
  /** Not yet on the server. */
  readonly waiting: number;
  readonly declined: readonly DeclinedChange[];
};

export type Held = {
  /** Own changes that a hand-over takes along. */
  readonly own: number;
  /** Own changes that go by no other phone, because not everybody may read them. */
  readonly keptBack: number;
  readonly carried: readonly CarriedBundle[];
};

export type Packed = {
  /** The hand-over as text: what is put into a file or shown as codes. */
  readonly text: string;
  readonly own: number;
  readonly carried: number;
};

export type PackFault =
  | StorageFault
  /** This device belongs to no server, so nobody could prove whose changes these are. */
  | { readonly tag: 'not-joined' };

export type TakeFault =
  | StorageFault
  | { readonly tag: 'not-joined' }
  | { readonly tag: 'not-a-hand-over' }
  /** A newer app wrote it. */
  | { readonly tag: 'hand-over-newer' }
  | { readonly tag: 'other-workspace' }
  /** A signature does not fit: it was damaged, or altered. */
  | { readonly tag: 'not-signed' }
  /** This person may only see a part of the plan, so this phone carries nobody else's work. */
  | { readonly tag: 'part-only' };

/**
 * Phone to phone, with no server between (protocol.md, Bundles). Guarantees: what is taken was signed by the device that made
 * it, is kept durably before `take` resolves, apart from this device's own work, and is brought to the server until it gave a
 * verdict; taking twice changes nothing; a fault leaves nothing half-taken.
 */
export interface HandOver {
  readonly held: Live<Held>;
  /** Signs what this device made and no server judged yet, and adds what it carries for others. */
  pack(): Promise<Result<Packed, PackFault>>;
  /** Checks a hand-over and says what it would add; changes nothing. */
  inspect(text: string, way: Way): Promise<Result<HandOverSummary, TakeFault>>;
  take(text: string, way: Way): Promise<Result<HandOverSummary, TakeFault>>;
  /** Gives up what the server refused of a bundle. What still waits stays. */
  forget(bundle: string): Promise<Result<void, StorageFault>>;
}
