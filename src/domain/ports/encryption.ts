import type { Result } from '../result.ts';
import type { Millis } from '../time.ts';
import type { StorageFault } from './storage-fault.ts';

/** `unfinished`: turned on or off, and not everything has followed yet; it goes on at the next opening. */
export type EncryptionState = 'off' | 'on' | 'unfinished';

/** The optional encryption of what lies on this device, by a passphrase that only its person knows (decision 17). */
export interface Encryption {
  state(): Promise<EncryptionState>;
  /** Puts other tabs out, and loads this page anew, which asks for the passphrase and encrypts. Comes back only where it could not. */
  turnOn(passphrase: string): Promise<StorageFault>;
  /** In the same way: the page asks for the passphrase once more. */
  turnOff(): Promise<StorageFault>;
  /** `wait`: `before` was wrong; how long until the next try. */
  change(
    before: string,
    after: string,
  ): Promise<Result<{ readonly changed: true } | { readonly changed: false; readonly wait: Millis }, StorageFault>>;
  /** Forgets the key, by loading this page anew. */
  lock(): void;
}
