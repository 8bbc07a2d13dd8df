import { Banner } from '../ui/banner.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { counted } from './amount-words.ts';
import { useDeviceWord } from './use-device-word.ts';
import { useLost } from './use-lost.ts';
import { useMe } from './use-me.ts';

/** Tells a coordinator what a restored or reborn server lacks and this device can put back; nothing while it lacks nothing. */
export function LostBanner() {
  const me = useMe();
  const lost = useLost();
  const place = useDeviceWord();
  if (me?.access !== 'coordinator' || !me.sends || lost === undefined || lost.length === 0) return null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`The server lost ${counted(lost.length, 'record')} that this ${place} still holds.`}
      action={
        <ButtonLink fit href="/lost">
          See them
        </ButtonLink>
      }
    >
      They are only on phones until you put them back.
    </Banner>
  );
}
