import { fold } from '../../../src/domain/import/fold.ts';
import type { UnderstoodPlan } from '../../../src/domain/import/understood.ts';

/** What a careful reader says is in a document. Only what stands in it is named. */
export type ExpectedPlan = {
  readonly groups?: readonly string[];
  readonly roles?: readonly {
    readonly title: string;
    readonly group?: string | null;
    readonly responsibilities?: readonly string[];
  }[];
  readonly phases?: readonly { readonly title: string; readonly from?: number | null; readonly to?: number | null }[];
  readonly tasks?: readonly {
    readonly title: string;
    readonly phase?: string | null;
    readonly owner?: string | null;
    readonly code?: string | null;
  }[];
  readonly procedures?: readonly {
    readonly title: string;
    readonly kind?: string;
    readonly points?: readonly string[];
  }[];
  readonly resources?: readonly { readonly name: string; readonly kind?: string }[];
  readonly contacts?: readonly { readonly name: string; readonly values?: readonly string[] }[];
  readonly milestones?: readonly { readonly title: string; readonly at?: number | null }[];
};

/** Of the facts that should be found how many were, of each part; and how many were found that are not there. */
export type Score = Readonly<
  Record<string, { readonly wanted: number; readonly found: number; readonly extra: number }>
>;

export function scoreOf(plan: UnderstoodPlan, expected: ExpectedPlan): Score {
  const roles = expected.roles ?? [];
  return {
    groups: facts(
      expected.groups ?? [],
      plan.groups.map(({ name }) => name),
    ),
    roles: facts(
      roles.map(({ title }) => title),
      plan.roles.map(({ title }) => title),
    ),
    responsibilities: facts(
      roles.flatMap(({ title, responsibilities = [] }) => responsibilities.map((each) => `${title}: ${each}`)),
      plan.roles.flatMap(({ title, responsibilities }) => responsibilities.map((each) => `${title}: ${each}`)),
    ),
    phases: facts(
      (expected.phases ?? []).map(({ title }) => title),
      plan.phases.map(({ title }) => title),
    ),
    windows: facts(
      (expected.phases ?? []).flatMap(({ title, from, to }) =>
        from == null && to == null ? [] : [`${title} ${String(from)}-${String(to)}`],
      ),
      plan.phases.map(({ title, from, to }) => `${title} ${String(from)}-${String(to)}`),
    ),
    tasks: facts(
      (expected.tasks ?? []).map(({ title }) => title),
      plan.tasks.map(({ title }) => title),
    ),
    phaseOfTask: facts(
      (expected.tasks ?? []).flatMap(({ title, phase }) => (phase == null ? [] : [`${title} @ ${phase}`])),
      plan.tasks.flatMap(({ title, phase }) => (phase === null ? [] : [`${title} @ ${phase}`])),
    ),
    ownerOfTask: facts(
      (expected.tasks ?? []).flatMap(({ title, owner }) => (owner == null ? [] : [`${title} @ ${owner}`])),
      plan.tasks.flatMap(({ title, owner }) => (owner === null ? [] : [`${title} @ ${owner}`])),
    ),
    procedures: facts(
      (expected.procedures ?? []).map(({ title }) => title),
      plan.procedures.map(({ title }) => title),
    ),
    points: facts(
      (expected.procedures ?? []).flatMap(({ points = [] }) => points),
      plan.procedures.flatMap(({ points }) => points),
    ),
    resources: facts(
      (expected.resources ?? []).map(({ name, kind }) => `${name} (${kind ?? ''})`),
      plan.resources.map(({ name, kind }) => `${name} (${kind})`),
    ),
    contacts: facts(
      (expected.contacts ?? []).map(({ name }) => name),
      plan.contacts.map(({ name }) => name),
    ),
    values: facts(
      (expected.contacts ?? []).flatMap(({ values = [] }) => values.map(digits)),
      plan.contacts.flatMap(({ phones, emails }) => [...phones, ...emails]).map(digits),
    ),
    milestones: facts(
      (expected.milestones ?? []).map(({ title, at }) => `${title} ${String(at)}`),
      plan.milestones.map(({ title, at }) => `${title} ${String(at)}`),
    ),
  };
}

/** The share of all facts that was found. */
export function share(score: Score): number {
  const all = Object.values(score);
  const wanted = all.reduce((sum, each) => sum + each.wanted, 0);
  return wanted === 0 ? 1 : all.reduce((sum, each) => sum + each.found, 0) / wanted;
}

function facts(wanted: readonly string[], given: readonly string[]): Score[string] {
  const left = given.map(bare);
  const missing: string[] = [];
  for (const each of wanted.map(bare)) {
    const at = left.findIndex((other) => other === each);
    if (at < 0) missing.push(each);
    else left.splice(at, 1);
  }
  return Object.assign(
    { wanted: wanted.length, found: wanted.length - missing.length, extra: left.length },
    { missing, left },
  );
}

function bare(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N} ]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function digits(value: string): string {
  return value.includes('@') ? value : value.replace(/\D/g, '');
}
