import { useState } from 'react';
import { useAnnounce } from '../ui/announcer.tsx';
import { Button } from '../ui/button.tsx';
import { copyText } from '../ui/copy-text.ts';

/** Puts a text on the clipboard and says so in its own place; where the browser refuses, the text stands there to be marked by hand. */
export function CopyButton({ text, label = 'Copy' }: { readonly text: string; readonly label?: string }) {
  const announce = useAnnounce();
  const [done, setDone] = useState<'copied' | 'refused' | null>(null);
  const copy = async () => {
    const copied = await copyText(text);
    setDone(copied ? 'copied' : 'refused');
    if (copied) announce('Copied');
    else announce('Not copied: mark the text and copy it by hand', 'assertive');
  };
  return (
    <Button onClick={() => void copy()}>
      {done === null ? label : done === 'copied' ? 'Copied' : 'Not copied: mark it by hand'}
    </Button>
  );
}
