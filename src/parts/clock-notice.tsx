import { useEffect } from 'react';
import { clockNotice } from '../domain/sync/clock-notice.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { usePorts } from './ports.tsx';
import { clockTime, spanWords, zoneName } from './time-words.ts';
import { useDeviceWord } from './use-device-word.ts';
import { useSetting } from './use-live.ts';
import { useNow } from './use-now.ts';
import { useSyncStatus } from './use-sync-status.ts';

const dismissedSetting = 'clock-dismissed';

/**
 * Tells of a clock that is wrong, with the true time and by how much. `once`: until the person says that they know; it comes back
 * when the clock moves, or is wrong again after it was right.
 */
export function ClockNotice({ zone, once = false }: { readonly zone: string; readonly once?: boolean }) {
  const { device } = usePorts();
  const { clockOffset } = useSyncStatus();
  const place = useDeviceWord();
  const now = useNow();
  const setting = useSetting(dismissedSetting);
  const dismissed = setting == null ? null : Number(setting);
  const notice = clockNotice(clockOffset, dismissed);
  const isRightAgain = notice === 'right' && clockOffset !== null && dismissed !== null;
  useEffect(() => {
    if (isRightAgain) void device.setSetting(dismissedSetting, null);
  }, [isRightAgain, device]);
  if (clockOffset === null || notice === 'right' || setting === undefined) return null;
  if (once && notice === 'wrong-and-dismissed') return null;
  return (
    <Banner
      tone="late"
      icon="warning"
      title={`The clock of this ${place} is ${spanWords(clockOffset)} ${clockOffset > 0 ? 'slow' : 'fast'}. The true time is ${clockTime(now, zone)} ${zoneName(zone, now)}.`}
      action={
        once ? (
          <Button fit onClick={() => void device.setSetting(dismissedSetting, String(clockOffset))}>
            I know
          </Button>
        ) : undefined
      }
    >
      Times that the app fills in are right all the same. Times that you read off this {place} are not: set its clock.
    </Banner>
  );
}
