import { minute, type Millis } from '../domain/time.ts';

/** What is left of a time, as a clock shows it: `9:59`. */
export function countdown(left: Millis): string {
  const seconds = Math.ceil(left / 1000);
  return `${String(Math.floor(seconds / (minute / 1000)))}:${String(seconds % 60).padStart(2, '0')}`;
}
