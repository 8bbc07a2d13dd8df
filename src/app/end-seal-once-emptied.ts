import type { Membership } from '../domain/ports/device.ts';
import type { Live } from '../domain/ports/live.ts';

/** Once a sealed device was erased or wiped, its seal goes too, before anybody works on it under a passphrase of somebody else. */
export function endSealOnceEmptied(membership: Live<Membership>, signal: AbortSignal): void {
  const leave = membership.subscribe(
    (now) => {
      if (now.state !== 'new' && now.state !== 'wiped') return;
      leave();
      void import('./create-encryption.ts').then(({ endSeal }) => endSeal(now));
    },
    () => undefined,
  );
  signal.addEventListener('abort', leave, { once: true });
}
