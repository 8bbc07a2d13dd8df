import type { GroupId, PhaseId, RoleId } from '../ids.ts';
import type { FunctionGroup, Phase, PlanHeader, PlanItem, Role, RoleGroup } from '../plan/plan-item.ts';
import { planOf, type Plan } from '../plan/plan.ts';
import { ContactItems } from './contact-items.ts';
import { fold } from './fold.ts';
import { KnownNames } from './known-names.ts';
import { basisItems, milestoneItems, procedureItems, resourceItems } from './further-items.ts';
import { cutLine, cutText, toFill } from './item-texts.ts';
import { unsalted } from '../plan/unsalted.ts';
import { taskItems } from './task-items.ts';
import type { UnderstoodPhase, UnderstoodPlan, UnderstoodRole } from './understood.ts';

export type ImportPlace = {
  /** What the items are laid over: the draft as it stands; empty where there is no plan yet. */
  readonly items: readonly PlanItem[];
  /** For a plan that has no header yet. */
  readonly zone: string;
  readonly name: string;
};

/**
 * The items that a document makes, without new salts. Guarantees: laid over `place.items` they are a plan without faults (validatePlan); what the
 * plan has under the same name keeps its id and whatever the document does not say; the same document gives the same items. What a plan needs and
 * no document had is there in words that say so (`toFill`).
 */
export function planItemsFrom(understood: UnderstoodPlan, place: ImportPlace): readonly PlanItem[] {
  const plan = planOf(place.items);
  const groups = groupItems(understood, plan);
  const roles = roleItems(understood, plan, groups);
  const contacts = new ContactItems(understood, plan);
  const phases = phaseItems(understood, plan);
  const context = { plan, roles, phases, commanding: roles.commanding };
  const tasks = taskItems(understood.tasks, context);
  return [
    headerItem(understood, place, plan, roles.commanding),
    ...groups.items,
    ...contacts.withHolders(roles.items),
    ...contacts.items,
    ...phases.items,
    ...tasks.items,
    ...procedureItems(understood.procedures, context),
    ...resourceItems(understood.resources, context),
    ...milestoneItems(understood.milestones, context, tasks.items),
    ...basisItems(understood, context),
  ];
}

export type Groups = { readonly items: readonly RoleGroup[]; readonly idOf: (name: string | null) => GroupId };
export type Roles = {
  readonly items: readonly Role[];
  readonly idOf: (title: string | null) => RoleId | null;
  readonly commanding: RoleId;
};
export type Phases = {
  readonly items: readonly Phase[];
  readonly idOf: (title: string | null) => PhaseId;
  readonly known: readonly Phase[];
};
export type ItemContext = {
  readonly plan: Plan;
  readonly roles: Roles;
  readonly phases: Phases;
  readonly commanding: RoleId;
};

function headerItem(
  { title, summary, objectives }: UnderstoodPlan,
  { name, zone }: ImportPlace,
  plan: Plan,
  commanding: RoleId,
): PlanHeader {
  const said = cutText(summary === '' ? (objectives[0]?.title ?? '') : summary);
  if (plan.header !== null)
    return said === '' || plan.header.summary !== '' ? plan.header : { ...plan.header, summary: said };
  return {
    section: 'header',
    id: 'plan',
    order: 10,
    salt: unsalted,
    title: cutLine(title ?? name),
    organisation: toFill,
    summary: said,
    scope: '',
    assumptions: [],
    commandLocation: toFill,
    commandPhone: toFill,
    zone,
    currency: 'USD',
    commandingRole: commanding,
    declaredBy: [commanding],
    approvedBy: [commanding],
    recoveryTests: [],
    recoverySignOff: commanding,
  };
}

const defaultGroup = 'Recovery team';

function groupItems({ groups, roles }: UnderstoodPlan, plan: Plan): Groups {
  const known = new KnownNames(plan.groups, ({ name }) => name);
  const wanted = [...groups.map(({ name, purpose }) => ({ name, purpose }))];
  const inPlan = new Set(plan.roles.map(({ title }) => fold(title)));
  const isAlone = roles.some(({ group, title }) => group === null && !inPlan.has(fold(title)));
  if (isAlone || (wanted.length === 0 && plan.groups.length === 0)) wanted.push({ name: defaultGroup, purpose: '' });
  const items = wanted.map(({ name, purpose }, at): RoleGroup => {
    const before = known.find(name);
    if (before !== null) return purpose === '' ? before : { ...before, purpose: cutText(purpose) };
    const id = known.idFor(name) as GroupId;
    return {
      section: 'group',
      id,
      order: (at + 1) * 10 + plan.groups.length * 10,
      salt: unsalted,
      name: cutLine(name),
      purpose: cutText(purpose),
      vest: vestOf(name),
    };
  });
  const first = items[0]?.id ?? plan.groups[0]?.id;
  return { items, idOf: (name) => (known.idOf(name ?? defaultGroup) ?? first) as GroupId };
}

const vests: readonly (readonly [vest: FunctionGroup, words: RegExp])[] = [
  ['communications', /communic|media|press|public rel|kommunik|comunic|medien|presse|prensa|customer|kunden|client/],
  ['finance', /financ|finanz|budget|insur|procure|einkauf|achat|compra/],
  [
    'logistics',
    /logist|vendor|partner|supplier|facilit|resource|extern|lieferant|fournisseur|proveedor|leverancier|building|haustechnik/,
  ],
  ['planning', /planning|legal|complian|document|recht|jurid|planung|planification|audit|safety|liaison/],
  [
    'command',
    /command|execut|leader|crisis|krise|direct|leitung|management|gestion|mando|leiding|commander|coordinat|geschaft|cellule/,
  ],
];

function vestOf(name: string): FunctionGroup {
  return vests.find(([, words]) => words.test(fold(name)))?.[0] ?? 'operations';
}

function roleItems({ roles }: UnderstoodPlan, plan: Plan, groups: Groups): Roles {
  const known = new KnownNames(plan.roles, ({ title }) => title);
  const wanted = roles.length === 0 && plan.roles.length === 0 ? [{ ...nobody, title: defaultGroup }] : roles;
  const found = wanted.map((role) => ({ role, before: known.find(role.title) }));
  const ids = found.map(({ role, before }) => before?.id ?? (known.idFor(role.title) as RoleId));
  const first = commandingOf(wanted);
  const commanding = plan.header?.commandingRole ?? ids[first] ?? (plan.roles[0] as Role).id;
  const drafted = found.map(({ role, before }, at): Role => {
    const id = ids[at] as RoleId;
    const fresh: Role = {
      section: 'role',
      id,
      order: (plan.roles.length + at + 1) * 10,
      salt: unsalted,
      group: groups.idOf(role.group),
      title: cutLine(role.title),
      mission: missionOf(role),
      reportsTo: known.idOf(role.reportsTo) as RoleId | null,
      responsibilities: role.responsibilities.map((each) => each.slice(0, 1000)),
      reporting: '',
      escalation: '',
      holders: [],
      ...(role.phone === null ? {} : { phone: cutLine(role.phone) }),
    };
    return before === null ? fresh : merged(before, fresh, role);
  });
  return {
    items: withSuperiors(drafted, commanding, plan.roles),
    commanding,
    idOf: (title) => known.idOf(title) as RoleId | null,
  };
}

const nobody: UnderstoodRole = {
  title: '',
  group: null,
  mission: '',
  responsibilities: [],
  reportsTo: null,
  holders: [],
  phone: null,
  lines: [],
  guessed: [],
};

/** What the document says, and the rest as it was. */
function merged(before: Role, fresh: Role, said: UnderstoodRole): Role {
  return {
    ...before,
    ...(said.mission === '' ? {} : { mission: fresh.mission }),
    ...(said.responsibilities.length === 0 ? {} : { responsibilities: fresh.responsibilities }),
    ...(fresh.reportsTo === null ? {} : { reportsTo: fresh.reportsTo }),
    ...(said.group === null ? {} : { group: fresh.group }),
    ...(fresh.phone === undefined ? {} : { phone: fresh.phone }),
  };
}

function missionOf({ mission, responsibilities, title }: UnderstoodRole): string {
  const said = mission === '' ? (responsibilities[0] ?? title) : mission;
  return said.length <= 300 ? said : `${said.slice(0, 299).trimEnd()}…`;
}

const leads =
  /coordinat|commander|incident manager|recovery manager|crisis manager|leiter|leitung|koordinat|chef|directeur|director de|jefe|coordinad|leider|head of|manager/;

function commandingOf(roles: readonly UnderstoodRole[]): number {
  return Math.max(
    0,
    roles.findIndex(({ title }) => leads.test(fold(title))),
  );
}

/** A new role that says nothing of it reports to whoever commands; nobody reports in a circle. */
function withSuperiors(roles: readonly Role[], commanding: RoleId, inPlan: readonly Role[]): readonly Role[] {
  const superior = new Map([...inPlan, ...roles].map(({ id, reportsTo }) => [id, reportsTo]));
  const old = new Set(inPlan.map(({ id }) => id));
  const leadsBackTo = (from: RoleId | null, to: RoleId): boolean => {
    const seen = new Set<RoleId>();
    for (let at = from; at !== null && !seen.has(at); at = superior.get(at) ?? null) {
      if (at === to) return true;
      seen.add(at);
    }
    return false;
  };
  return roles.map((role) => {
    const wanted = role.reportsTo ?? (role.id === commanding || old.has(role.id) ? null : commanding);
    const reportsTo = wanted === null || leadsBackTo(wanted, role.id) ? null : wanted;
    superior.set(role.id, reportsTo);
    return { ...role, reportsTo };
  });
}

/** How long a phase lasts that says nothing of it, in minutes. */
const usualPhase = 240;

function phaseItems({ phases, tasks }: UnderstoodPlan, plan: Plan): Phases {
  const known = new KnownNames(plan.phases, ({ title }) => title);
  const isNeeded =
    phases.length === 0 && (plan.phases.length === 0 || tasks.some(({ phase }) => phase === null)) && tasks.length > 0;
  const wanted: readonly UnderstoodPhase[] =
    phases.length === 0 && isNeeded && plan.phases.length === 0
      ? [{ title: 'Response', purpose: '', from: 0, to: 1440, lines: [], guessed: [] }]
      : phases;
  let end = 0;
  const items = wanted.map((phase, at): Phase => {
    const before = known.find(phase.title);
    const from = phase.from ?? before?.from ?? (phase.to !== null && end >= phase.to ? 0 : end);
    const to = Math.max(phase.to ?? before?.to ?? from + usualPhase, from + 1);
    end = to;
    if (before !== null)
      return { ...before, from, to, ...(phase.purpose === '' ? {} : { purpose: cutText(phase.purpose) }) };
    const id = known.idFor(phase.title) as PhaseId;
    return {
      section: 'phase',
      id,
      order: (plan.phases.length + at + 1) * 10,
      salt: unsalted,
      title: cutLine(phase.title),
      purpose: cutText(phase.purpose),
      from,
      to,
    };
  });
  const all = [...items, ...plan.phases];
  return { items, known: all, idOf: (title) => (known.idOf(title) ?? all[0]?.id) as PhaseId };
}
