import { useEffect, useState } from 'react';
import { byteWords } from './amount-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

type Written = { readonly file: File; readonly address: string };

type NewFile = {
  readonly name: string;
  /** A table gets the mark by which a spreadsheet takes it for UTF-8. */
  readonly type: 'text/csv' | 'application/json';
  readonly text: string;
};

/** Writes a text into a file among the downloads; `said` tells where it went, or that it could not be made. */
export function useWrittenFile(): { readonly write: (file: NewFile) => void; readonly said: React.ReactNode } {
  const [made, setMade] = useState<Written | 'not-made' | null>(null);
  useEffect(() => (made === null || made === 'not-made' ? undefined : () => URL.revokeObjectURL(made.address)), [made]);
  const write = ({ name, type, text }: NewFile) => {
    try {
      const file = new File(type === 'text/csv' ? ['\ufeff', text] : [text], name, { type });
      const address = URL.createObjectURL(file);
      setMade({ file, address });
      handOver(address, name);
    } catch {
      // no memory left for it, or a browser that lets pages write no files
      setMade('not-made');
    }
  };
  return { write, said: made === null ? null : made === 'not-made' ? <NotMade /> : <WrittenFile {...made} /> };
}

function NotMade() {
  return (
    <Banner tone="stop" icon="warning" title="The file could not be saved.">
      Nothing is lost: it is all still here. Close other apps and try again, or use another browser.
    </Banner>
  );
}

/** A file that was just made: where it went, and how to give it on. */
export function WrittenFile({ file, address }: Written) {
  const share = { files: [file], title: file.name };
  const canShare = typeof navigator.canShare === 'function' && navigator.canShare(share);
  return (
    <Banner
      tone="good"
      icon="check"
      title="The file is written."
      action={
        canShare ? (
          // closing the sheet of the system is no fault
          <Button fit onClick={() => void navigator.share(share).catch(() => undefined)}>
            Share…
          </Button>
        ) : undefined
      }
    >
      <p>
        <a href={address} download={file.name}>
          {file.name}
        </a>
        , {byteWords(file.size)}. The browser puts it among the downloads; copy it to a place outside this device.
      </p>
    </Banner>
  );
}

/** Gives a file to the browser's downloads. */
export function handOver(address: string, name: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}
