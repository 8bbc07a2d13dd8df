import { createContext, useContext } from 'react';
import { fullTime } from '../../domain/incident/zoned-time.ts';
import { useNow } from '../../parts/use-now.ts';

const TimeContext = createContext('');

/** Reads the clock once for all feet of all sheets, in the zone in which they say when they were printed. */
export function PrintClock({ zone, children }: { readonly zone: string; readonly children: React.ReactNode }) {
  return <TimeContext value={fullTime(useNow(), zone)}>{children}</TimeContext>;
}

/** `23 Nov 2026, 14:02 SAST`: now, as long as the sheet is on the screen, then the moment of printing. */
export function PrintTime() {
  return useContext(TimeContext);
}
