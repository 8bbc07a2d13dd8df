import { byteWords } from './amount-words.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

/** A file that was just made: where it went, and how to give it on. */
export function WrittenFile({ file, address }: { readonly file: File; readonly address: string }) {
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
