import { useState } from 'react';
import type { Invite } from '../../domain/ports/server-api.ts';
import { AddressText } from '../../parts/address-text.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { Button } from '../../ui/button.tsx';
import { LinkActions } from './link-actions.tsx';
import styles from './people.module.css';

/** A code that was just made: to read, copy, share or scan. */
export function MadeCode({ name, invite }: { readonly name: string; readonly invite: Invite }) {
  const [scanning, setScanning] = useState(false);
  return (
    <>
      <p className={styles.smallCode}>{invite.code}</p>
      <p className={styles.link}>
        <AddressText>{invite.url}</AddressText>
      </p>
      {scanning ? <QrCode text={invite.url} label={`QR code of the link for ${name}`} className={styles.qr} /> : null}
      <LinkActions invite={invite}>
        <Button aria-expanded={scanning} onClick={() => setScanning(!scanning)}>
          {scanning ? 'Hide the QR code' : 'QR code'}
        </Button>
      </LinkActions>
    </>
  );
}
