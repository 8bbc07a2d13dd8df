import { createContext, useContext } from 'react';
import { fullTime } from '../../domain/incident/zoned-time.ts';
import { useNow } from '../../parts/use-now.ts';

const ZoneContext = createContext('UTC');

/** The zone in which sheets say when they were printed. */
export const PrintZone = ZoneContext.Provider;

/** `23 Nov 2026, 14:02 SAST`: now, as long as the sheet is on the screen, then the moment of printing. */
export function PrintTime() {
  const zone = useContext(ZoneContext);
  return fullTime(useNow(), zone);
}
