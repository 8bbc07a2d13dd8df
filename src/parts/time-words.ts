/* The words of times as screens use them; their rules are the domain's. */
export {
  clockTime,
  dayWords,
  fileTime,
  fromLocalInput,
  fullTime,
  isKnownZone as knownZone,
  localDate,
  localInput,
  whenWords,
  zoneName,
} from '../domain/incident/zoned-time.ts';
export {
  daysAgoWords,
  planMinutes,
  sinceActivation,
  sinceActivationSpoken,
  spanWords,
  windowWords,
} from '../domain/incident/time-span.ts';
