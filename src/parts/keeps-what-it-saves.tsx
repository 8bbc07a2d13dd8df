import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { usePorts } from './ports.tsx';
import { useDeviceWord } from './use-device-word.ts';

/** Said plainly either way: a browser that may delete the plan must not surprise anybody. */
export function KeepsWhatItSaves() {
  const { persistence } = usePorts();
  const place = useDeviceWord();
  const [persisted, setPersisted] = useState<boolean | null | undefined>(undefined);
  useEffect(() => {
    let left = false;
    void persistence.read().then((read) => {
      if (!left) setPersisted(read.persisted);
    });
    return () => {
      left = true;
    };
  }, [persistence]);
  if (persisted === undefined) return null;
  if (persisted === true) {
    return (
      <Banner tone="good" icon="check" title={`The browser keeps what is saved on this ${place}.`}>
        It does not delete it by itself, even when space runs low.
      </Banner>
    );
  }
  return (
    <Banner
      tone="late"
      icon="warning"
      title={
        persisted === false
          ? `The browser may delete what is saved on this ${place} when space runs low.`
          : `The browser does not say whether it keeps what is saved on this ${place}.`
      }
      action={
        <Button fit onClick={() => void persistence.request().then(setPersisted)}>
          Ask the browser again
        </Button>
      }
    >
      <p>
        Browsers keep what an installed app saved. <Link href="/install">Install the app</Link>, and print your role
        card.
      </p>
    </Banner>
  );
}
