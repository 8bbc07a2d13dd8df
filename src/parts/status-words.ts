/* The words of statuses as screens use them; what they stand for is the domain's. */
export {
  impactWords,
  logTypeWords,
  mediumWords,
  modeWords,
  severityWords,
  statusWords,
} from '../domain/incident/status-words.ts';
