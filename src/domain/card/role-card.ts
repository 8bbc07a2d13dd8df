import type { PersonId, RoleId } from '../ids.ts';
import { standingAssignments } from '../incident/held-roles.ts';
import { windowWords } from '../incident/time-span.ts';
import { clockTime, localDate } from '../incident/zoned-time.ts';
import type { Contact, Phase, Resource, Role, RoleGroup, Task } from '../plan/plan-item.ts';
import type { Plan } from '../plan/plan.ts';
import { cardContact, type CardContact } from './card-contact.ts';
import { cardProcedure, type CardProcedure } from './card-procedure.ts';
import { cardPath } from './card-path.ts';
import { cardTime, cardZone, titleOf, type CardSource } from './card-source.ts';
import { cardTask, type CardTask } from './card-task.ts';
import { coveredRoles } from './covered-roles.ts';

/** One line of the assignment block; empty where somebody will sign by hand. */
export type ReliefLine = { readonly name: string; readonly date: string; readonly start: string };

/** What every card carries at a fixed place, whoever wrote the plan (product.md, The role card). */
export type FixedAction = { readonly title: string; readonly words: string };

export type CardPhase = {
  readonly phase: Phase;
  /** Its place in the plan, from 1. */
  readonly n: number;
  /** `4-12 h`. */
  readonly window: string;
  /** `14:00 to 22:00`, once T0 is known. */
  readonly clock: string | null;
  readonly opens: readonly FixedAction[];
  readonly tasks: readonly CardTask[];
  readonly closes: readonly FixedAction[];
};

/** A task that another role owns and this one helps with. */
export type SupportedTask = { readonly task: Task; readonly owner: string; readonly target: CardTask['target'] };

/** The printed job action sheet of one role, all but its looks. */
export type RoleCard = {
  readonly role: Role;
  readonly group: RoleGroup | null;
  /** Title of the superior; null at the top of the plan. */
  readonly reportsTo: string | null;
  /** Three lines at least, those who stand assigned first. */
  readonly relief: readonly ReliefLine[];
  /** Unstaffed roles whose tasks are listed here. */
  readonly covers: readonly Role[];
  /** Where the own tasks are listed as well, as nobody fills this role. */
  readonly coveredBy: string | null;
  readonly phases: readonly CardPhase[];
  readonly supports: readonly SupportedTask[];
  readonly contacts: readonly CardContact[];
  readonly procedures: readonly CardProcedure[];
  readonly resources: readonly Resource[];
  /** What the QR code opens, without the origin. */
  readonly path: string;
};

const reliefLines = 3;

/**
 * The card of every role of the plan, in the plan's order; a role without tasks has one too. Guarantees that each task stands
 * on its owner's card, and on that of the nearest staffed superior where nobody fills the owner.
 */
export function composeRoleCards(source: CardSource): readonly RoleCard[] {
  const covered = coveredRoles(source.plan, source.incident?.assignments ?? [], source.incident?.granted ?? new Map());
  return source.plan.roles.map((role) => {
    const coveredBy = [...covered].find(([, roles]) => roles.includes(role))?.[0] ?? null;
    return composeCard(role, covered.get(role.id) ?? [], coveredBy, source);
  });
}

function composeCard(role: Role, covers: readonly Role[], coveredBy: RoleId | null, source: CardSource): RoleCard {
  const { plan } = source;
  const own = new Set([role.id, ...covers.map(({ id }) => id)]);
  const tasks = plan.tasks.filter(({ owner }) => own.has(owner));
  return {
    role,
    group: plan.groupById.get(role.group) ?? null,
    reportsTo: role.reportsTo === null ? null : titleOf(plan, role.reportsTo),
    relief: reliefOf(role.id, source),
    covers,
    coveredBy: coveredBy === null ? null : titleOf(plan, coveredBy),
    phases: phasesOf(role, tasks, source),
    supports: plan.tasks
      .filter(({ owner, supporting }) => !own.has(owner) && supporting.some((each) => own.has(each)))
      .map((task) => ({ task, owner: titleOf(plan, task.owner), target: cardTime(task.target, source) })),
    contacts: plan.contacts
      .filter(({ neededBy }) => neededBy.some((each) => own.has(each)))
      .map((contact: Contact) => cardContact(contact, source.people, cardZone(source))),
    procedures: plan.procedures
      .filter(({ owner }) => own.has(owner))
      .map((procedure) => cardProcedure(procedure, source)),
    resources: resourcesOf(plan, own, tasks),
    path: cardPath(source.hash, role.id),
  };
}

/** Phases with something to do, and the last one of the plan, which everybody closes. */
function phasesOf(role: Role, tasks: readonly Task[], source: CardSource): readonly CardPhase[] {
  const { phases } = source.plan;
  const last = phases.at(-1);
  const busy = phases.filter((phase) => phase === last || tasks.some((task) => task.phase === phase.id));
  let n = 0;
  return busy.map((phase, place) => {
    const [from, to] = [cardTime(phase.from, source).clock, cardTime(phase.to, source).clock];
    return {
      phase,
      n: phases.indexOf(phase) + 1,
      window: windowWords(phase.from, phase.to),
      clock: from === null || to === null ? null : `${from} to ${to}`,
      opens: place === 0 && phase === phases[0] ? [] : [transferOfRole(role, source.plan)],
      tasks: tasks.filter((task) => task.phase === phase.id).map((task) => cardTask(task, (n += 1), role.id, source)),
      closes: phase === last ? closing(role, source.plan) : [],
    };
  });
}

function transferOfRole(role: Role, plan: Plan): FixedAction {
  const told = role.reportsTo === null ? 'everybody who reports to you' : titleOf(plan, role.reportsTo);
  return {
    title: 'Transfer of role',
    words: `If you are relieved: brief your relief on open and blocked tasks, promises and messages, hand over this card and the log, both sign above, and tell ${told}.`,
  };
}

function closing(role: Role, plan: Plan): readonly FixedAction[] {
  const place = plan.header?.commandLocation ?? 'the command post';
  const receiver = role.reportsTo === null ? 'the review' : titleOf(plan, role.reportsTo);
  return [
    {
      title: 'Return kit',
      words: `Bring vest, radio, telephone, keys and papers back to ${place}, and say what is missing.`,
    },
    {
      title: 'Collect comments for the review',
      words: `Write down, yours and your team's, what went well, what did not and what to change in the plan. Give them to ${receiver} with this card and the log.`,
    },
  ];
}

function reliefOf(role: RoleId, { incident, people }: CardSource): readonly ReliefLine[] {
  const assigned = incident === null ? [] : standingAssignments(incident.assignments);
  const zone = incident?.incident.zone ?? 'UTC';
  const lines = assigned
    .filter((each) => each.role === role)
    .sort((a, b) => (a.assignment.since < b.assignment.since ? -1 : 1))
    .map(({ person, assignment }) => ({
      name: nameOf(person, people),
      date: localDate(assignment.since, zone),
      start: clockTime(assignment.since, zone),
    }));
  const empty = Array.from({ length: Math.max(0, reliefLines - lines.length) }, () => ({
    name: '',
    date: '',
    start: '',
  }));
  return [...lines, ...empty];
}

function nameOf(person: PersonId, people: CardSource['people']): string {
  return people.get(person)?.name ?? '';
}

function resourcesOf(plan: Plan, own: ReadonlySet<RoleId>, tasks: readonly Task[]): readonly Resource[] {
  const used = new Set(tasks.flatMap(({ resources }) => resources));
  return plan.resources.filter(({ id, owner }) => own.has(owner) || used.has(id));
}
