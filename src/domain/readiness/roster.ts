import type { Grant, Person } from '../access/access.ts';
import type { DeviceId, PersonId, PlanHash } from '../ids.ts';
import type { Plan } from '../plan/plan.ts';
import type { KnownDevice } from '../ports/server-api.ts';
import type { Millis } from '../time.ts';
import type { CardPrints } from './card-print.ts';
import type { DeviceReport } from './device-report.ts';

/** A report as it is kept, with whose it is. */
export type KeptReport = { readonly person: PersonId | null; readonly report: DeviceReport };

/** Everything that a reader knows about the phones of a workspace. */
export type Roster = {
  readonly plan: Plan | null;
  readonly current: { readonly hash: PlanHash; readonly number: number } | null;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly grants: ReadonlyMap<PersonId, Pick<Grant, 'roles'>>;
  readonly reports: ReadonlyMap<DeviceId, KeptReport>;
  /** As the server lists them; null while it can't be asked. */
  readonly devices: readonly KnownDevice[] | null;
  /** What the cards of the current version say, and of other versions that are held here. */
  readonly prints: ReadonlyMap<PlanHash, CardPrints>;
  /** The release of the app that the reader runs. */
  readonly app: string;
  readonly now: Millis;
};
