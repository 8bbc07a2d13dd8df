/** Reads a time of day as people write or say it (`1412`, `14:12`, `9.05`) as `14:12`; null where it is none. */
export function readClock(typed: string): string | null {
  const match = /^(\d{1,2})\s*[:.h]?\s*(\d{2})$/i.exec(typed.trim());
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  return hours > 23 || minutes > 59 ? null : `${String(hours).padStart(2, '0')}:${match[2]}`;
}
