import { counted } from './amount-words.ts';

const kindWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  task: ['task report', 'task reports'],
  step: ['tick of a step', 'ticks of steps'],
  log: ['log entry', 'log entries'],
  'extra-task': ['added task', 'added tasks'],
  incident: ['incident', 'incidents'],
  impact: ['impact report', 'impact reports'],
  assignment: ['assignment', 'assignments'],
  availability: ['availability', 'availabilities'],
  approval: ['approval', 'approvals'],
  message: ['message', 'messages'],
  resource: ['resource request', 'resource requests'],
  review: ['review note', 'review notes'],
  person: ['person’s details', 'people’s details'],
  'plan-version': ['plan version', 'plan versions'],
  'plan-item': ['edit of the plan’s draft', 'edits of the plan’s draft'],
  'contact-test': ['contact test', 'contact tests'],
  'contact-result': ['call of a contact test', 'calls of a contact test'],
  training: ['training record', 'training records'],
  grant: ['access right', 'access rights'],
};

/** `5 task reports, 2 log entries`, the most first; empty where there is nothing. */
export function kindsInWords(kinds: ReadonlyMap<string, number>): string {
  const known = new Map<string, number>();
  for (const [kind, count] of kinds) {
    const name = kind in kindWords ? kind : 'other';
    known.set(name, (known.get(name) ?? 0) + count);
  }
  return [...known]
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => counted(count, ...(kindWords[kind] ?? (['other change', 'other changes'] as const))))
    .join(', ');
}
