import { useState } from 'react';
import { CodeCamera } from '../../parts/code-camera.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { scannedCode, type Scanned } from './scanned-code.ts';

/** What the camera sees that is no invitation of this server, in words. */
const otherWords: Readonly<Record<Exclude<Scanned['tag'], 'code'>, string>> = {
  'other-server':
    'This code belongs to another server. Open its address with the camera of your phone, or ask your coordinator.',
  'role-card': 'This is a role card’s code, not an invitation. It opens the role once you have joined.',
  other: 'This is no invitation. Look for the code on your join sheet or on your coordinator’s screen.',
};

/** Reads the QR code of an invitation through the camera. */
export function ScanCodeDialog({
  onCode,
  onClose,
}: {
  readonly onCode: (code: string) => void;
  readonly onClose: () => void;
}) {
  const [other, setOther] = useState<string | null>(null);
  const onText = (text: string) => {
    const scanned = scannedCode(text, window.location.origin);
    if (scanned.tag === 'code') onCode(scanned.code);
    else setOther(otherWords[scanned.tag]);
  };
  return (
    <Dialog title="Scan a code" onClose={onClose}>
      <CodeCamera otherwise="Or type the code that stands below the picture." onText={onText}>
        <p role="status">{other ?? 'Hold the camera over the code, so that it fills the square.'}</p>
      </CodeCamera>
    </Dialog>
  );
}
