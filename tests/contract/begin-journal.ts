import type { Journal } from '../../sync-server/journal/journal.ts';
import { setUp, TestClock, type JournalPhone } from '../support/journal-phone.ts';
import { incidentValue, planVersion } from '../support/sample-plan.ts';
import type { JournalUnderTest } from './journal-under-test.ts';

export type Begun = { readonly journal: Journal; readonly clock: TestClock; readonly lead: JournalPhone };

/** A journal on an empty database, with a workspace and its first coordinator. */
export async function beginJournal(open: JournalUnderTest['open']): Promise<Begun> {
  const journal = await open();
  const clock = new TestClock();
  return { journal, clock, lead: await setUp(journal, clock) };
}

export const plan = planVersion();
export const incident = incidentValue(plan.hash);
/** The key of what belongs to the incident. */
export const key = (code: string) => `${incident.id}/${code}`;

/** The same with a plan and an incident that is open. */
export async function beginWithIncident(open: JournalUnderTest['open']): Promise<Begun> {
  const begun = await beginJournal(open);
  const { lead } = begun;
  await lead.sync([
    lead.make('plan-version', plan.hash, plan.value),
    lead.make('incident', incident.id, incident.value),
  ]);
  return begun;
}
