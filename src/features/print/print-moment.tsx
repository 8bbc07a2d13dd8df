import { createContext, useContext } from 'react';
import { fullTime } from '../../domain/incident/zoned-time.ts';
import type { Millis } from '../../domain/time.ts';

const MomentContext = createContext('');

/** The one time of a print, for every sheet of it: when what is on it was read. */
export function PrintMoment({
  at,
  zone,
  children,
}: {
  readonly at: Millis;
  readonly zone: string;
  readonly children: React.ReactNode;
}) {
  return <MomentContext value={fullTime(at, zone)}>{children}</MomentContext>;
}

/** `23 Nov 2026, 14:02 SAST`. */
export function MomentWords() {
  return useContext(MomentContext);
}
