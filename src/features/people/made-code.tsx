import { useState } from 'react';
import type { Invite } from '../../domain/ports/server-api.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { fullTime } from '../../parts/time-words.ts';
import { useZone } from '../../parts/use-zone.ts';
import { Button } from '../../ui/button.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import styles from './people.module.css';

/** A code that was just made: to read, copy, share or scan. */
export function MadeCode({ name, invite }: { readonly name: string; readonly invite: Invite }) {
  const zone = useZone();
  const [scanning, setScanning] = useState(false);
  const until = fullTime(invite.expiresAt, zone);
  const share = {
    title: 'Holdfast',
    text: `Join Holdfast with this link. It works once, until ${until}.`,
    url: invite.url,
  };
  return (
    <>
      <p className={styles.smallCode}>{invite.code}</p>
      <p className={styles.link}>{invite.url}</p>
      {scanning ? <QrCode text={invite.url} label={`QR code of the link for ${name}`} className={styles.qr} /> : null}
      <ActionRow broad>
        <CopyButton text={invite.url} label="Copy the link" />
        {typeof navigator.share === 'function' ? (
          // closing the sheet of the system is no fault
          <Button onClick={() => void navigator.share(share).catch(() => undefined)}>Share…</Button>
        ) : null}
        <Button aria-expanded={scanning} onClick={() => setScanning(!scanning)}>
          {scanning ? 'Hide the QR code' : 'QR code'}
        </Button>
      </ActionRow>
    </>
  );
}
