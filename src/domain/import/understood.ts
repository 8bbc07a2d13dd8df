/*
 * What an importer understood of a document, before anything of it is in a plan. `lines` are the numbers of the source lines that it came
 * from; `guessed` are the fields that somebody should look at.
 */

type Understood<Field extends string> = { readonly lines: readonly number[]; readonly guessed: readonly Field[] };

export type UnderstoodGroup = Understood<never> & { readonly name: string; readonly purpose: string };

export type UnderstoodRole = Understood<'title' | 'mission'> & {
  readonly title: string;
  /** The name of its group; null where the document has none. */
  readonly group: string | null;
  readonly mission: string;
  readonly responsibilities: readonly string[];
  readonly reportsTo: string | null;
  readonly holders: readonly string[];
  readonly phone: string | null;
};

/** A window is in minutes after activation. */
export type UnderstoodPhase = Understood<'from' | 'to'> & {
  readonly title: string;
  readonly purpose: string;
  readonly from: number | null;
  readonly to: number | null;
};

export type UnderstoodTask = Understood<'owner' | 'target'> & {
  readonly code: string | null;
  readonly title: string;
  readonly detail: string;
  readonly phase: string | null;
  /** The title of a role. */
  readonly owner: string | null;
  readonly supporting: readonly string[];
  /** Codes or titles, as they were written. */
  readonly dependsOn: readonly string[];
  readonly target: number | null;
  readonly steps: readonly string[];
  readonly completionTest: string;
};

export type UnderstoodProcedure = Understood<'kind' | 'owner'> & {
  readonly kind: 'internal' | 'external' | 'media';
  readonly title: string;
  readonly owner: string | null;
  readonly points: readonly string[];
};

export type UnderstoodResource = Understood<'kind'> & {
  readonly kind: 'technical' | 'human' | 'financial';
  readonly name: string;
  readonly quantity: number | null;
  readonly unit: string | null;
  readonly owner: string | null;
  readonly source: string | null;
};

export type UnderstoodContact = Understood<never> & {
  readonly name: string;
  readonly position: string | null;
  readonly organisation: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
};

export type UnderstoodMilestone = Understood<'at'> & {
  readonly title: string;
  readonly at: number | null;
  readonly phase: string | null;
};

/** A risk, an objective, a criterion for activation, or a system, as the document words it. */
export type UnderstoodLine = Understood<never> & { readonly title: string };
export type UnderstoodSystem = UnderstoodLine & {
  readonly owner: string | null;
  readonly rto: number | null;
  readonly rpo: number | null;
};

export type UnderstoodPlan = {
  readonly title: string | null;
  readonly summary: string;
  readonly groups: readonly UnderstoodGroup[];
  readonly roles: readonly UnderstoodRole[];
  readonly phases: readonly UnderstoodPhase[];
  /** In the order in which they are to be done. */
  readonly tasks: readonly UnderstoodTask[];
  readonly procedures: readonly UnderstoodProcedure[];
  readonly resources: readonly UnderstoodResource[];
  readonly contacts: readonly UnderstoodContact[];
  readonly milestones: readonly UnderstoodMilestone[];
  readonly objectives: readonly UnderstoodLine[];
  readonly risks: readonly UnderstoodLine[];
  readonly criteria: readonly UnderstoodLine[];
  readonly systems: readonly UnderstoodSystem[];
  /** Lines of which nothing came, by number. */
  readonly unused: readonly number[];
};
