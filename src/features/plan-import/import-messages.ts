import type { Corrections } from '../../domain/import/correct.ts';
import type { LabelledLine, TableReading } from '../../domain/import/meaning.ts';
import type { ImportPlace } from '../../domain/import/plan-items-from.ts';
import type { UnderstoodPlan } from '../../domain/import/understood.ts';
import type { PlanId } from '../../domain/ids.ts';
import type { PlanFault } from '../../domain/plan/plan-fault.ts';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import type { DocumentFault, GivenDocument } from './read-document.ts';

/* What the page and the worker that reads documents say to each other. */

export type ImportRequest =
  | { readonly tag: 'read'; readonly given: GivenDocument }
  | { readonly tag: 'correct'; readonly corrections: Corrections }
  | { readonly tag: 'items'; readonly place: ImportPlace };

export type ImportReply =
  | { readonly tag: 'stage'; readonly lines: number }
  | { readonly tag: 'fault'; readonly fault: DocumentFault }
  | { readonly tag: 'understood'; readonly understanding: Understanding }
  | ({ readonly tag: 'items' } & MadeItems);

/** What the document makes of a plan. Where `faults` has any, nothing of it can be taken. */
export type MadeItems = {
  /** An id for a plan that is not there yet. */
  readonly plan: PlanId;
  readonly items: readonly PlanItem[];
  readonly faults: readonly PlanFault[];
};

/** What was understood, beside every line that it came from. */
export type Understanding = {
  readonly lines: readonly LabelledLine[];
  readonly tables: ReadonlyMap<number, TableReading>;
  readonly plan: UnderstoodPlan;
};

/** Of a document. */
export const mostBytes = 20 * 1024 * 1024;
