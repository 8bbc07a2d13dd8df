import type { ResourceId, SystemId } from '../ids.ts';
import type {
  ActivationCriterion,
  Milestone,
  Objective,
  PlanItem,
  Procedure,
  Resource,
  Risk,
  System,
  Task,
} from '../plan/plan-item.ts';
import { fold } from './fold.ts';
import { KnownNames } from './known-names.ts';
import { cutLine, cutText } from './item-texts.ts';
import { unsalted } from '../plan/unsalted.ts';
import type { ItemContext } from './plan-items-from.ts';
import type {
  UnderstoodLine,
  UnderstoodMilestone,
  UnderstoodPlan,
  UnderstoodProcedure,
  UnderstoodResource,
} from './understood.ts';

const channelNames: readonly (readonly [name: string, words: RegExp])[] = [
  ['E-mail', /\be-?mails?\b|courriel|correo/],
  ['Phone', /\bphone|telephone|\bcalls?\b|telefon|llamada/],
  ['Text message', /\bsms\b|text message|mass text/],
  ['Radio', /\bradios?\b|funk/],
  ['Slack', /slack/],
  ['Microsoft Teams', /microsoft teams|ms teams/],
  ['Website', /web ?site|status page|homepage/],
  ['Social media', /social media|soziale medien|reseaux sociaux|redes sociales/],
  ['Press release', /press release|official statement|press statement|pressemitteilung|communique|comunicado/],
  ['Bridge', /\bbridge\b|conference call|telefonkonferenz/],
  ['Intranet', /intranet/],
];

export function procedureItems(
  procedures: readonly UnderstoodProcedure[],
  { plan, roles, commanding, phases }: ItemContext,
): readonly Procedure[] {
  const known = new KnownNames(plan.procedures, ({ title }) => title);
  const end = phases.known.reduce((latest, { to }) => Math.max(latest, to), 0);
  return procedures.map(({ kind, title, owner, points }, at): Procedure => {
    const before = known.find(title);
    const text = fold(points.join(' '));
    const channels = channelNames.flatMap(([name, words]) => (words.test(text) ? [name] : []));
    const said = { points: points.map((point) => point.slice(0, 1000)) };
    if (before !== null) return points.length === 0 ? before : { ...before, ...said };
    const every = everyIn(text);
    return {
      section: 'procedure',
      id: known.idFor(title),
      order: (plan.procedures.length + at + 1) * 10,
      salt: unsalted,
      kind,
      title: cutLine(title),
      purpose: '',
      owner: roles.idOf(owner) ?? commanding,
      audiences: [],
      channels,
      cadence:
        every === null || end <= 0
          ? []
          : [{ from: 0, to: end, every, audience: cutLine(title), channel: channels[0] ?? 'Any' }],
      ...said,
      reportAndEscalate: points.filter((point) => /escalat|eskal/i.test(point)).map((point) => point.slice(0, 1000)),
      templates: [],
    };
  });
}

/** How often updates are due, in minutes; null where a text does not say. */
function everyIn(text: string): number | null {
  const found = /(?:every|alle|toutes les|cada|elke) (\d+) ?(min|h|stund|uur|hora|heure)/.exec(text);
  if (found !== null) return Number(found[1]) * (found[2] === 'min' ? 1 : 60);
  return /\b(?:hourly|every hour|stundlich|cada hora|toutes les heures|elk uur)\b/.test(text) ? 60 : null;
}

export function resourceItems(
  resources: readonly UnderstoodResource[],
  { plan, roles, commanding }: ItemContext,
): readonly Resource[] {
  const known = new KnownNames(plan.resources, ({ name }) => name);
  return resources.map(({ kind, name, quantity, unit, owner, source }, at): Resource => {
    const before = known.find(name);
    const role = roles.idOf(owner);
    const said = {
      ...(role === null ? {} : { owner: role }),
      ...(quantity === null ? {} : { quantity }),
      ...(unit === null ? {} : { unit: cutLine(unit) }),
      ...(source === null ? {} : { source: cutLine(source) }),
    };
    if (before !== null) return { ...before, ...said };
    return {
      section: 'resource',
      id: known.idFor(name) as ResourceId,
      order: (plan.resources.length + at + 1) * 10,
      salt: unsalted,
      kind,
      name: cutLine(name),
      quantity: 1,
      unit: 'as needed',
      owner: commanding,
      ...said,
    };
  });
}

/** A milestone leads to its phase, or to the one in whose window it falls. */
export function milestoneItems(
  milestones: readonly UnderstoodMilestone[],
  { plan, phases }: ItemContext,
  tasks: readonly Task[],
): readonly Milestone[] {
  const known = new KnownNames(plan.milestones, ({ title }) => title);
  const last = phases.known.at(-1);
  if (last === undefined) return [];
  return milestones.map(({ title, at, phase }, place): Milestone => {
    const before = known.find(title);
    const time = at ?? before?.at ?? last.to;
    if (before !== null) return { ...before, at: time };
    const named = phase === null ? undefined : phases.known.find((each) => each.id === phases.idOf(phase));
    const within = named ?? phases.known.find(({ from, to }) => time > from && time <= to) ?? last;
    const same = tasks.filter((task) => fold(task.title) === fold(title)).map(({ id }) => id);
    return {
      section: 'milestone',
      id: known.idFor(title),
      order: (plan.milestones.length + place + 1) * 10,
      salt: unsalted,
      title: cutLine(title),
      at: time,
      tasks: same,
      phase: within.id,
    };
  });
}

/** What a plan rests on: objectives, risks, criteria, systems. */
export function basisItems(
  { objectives, risks, criteria, systems }: UnderstoodPlan,
  { plan, commanding, roles }: ItemContext,
): readonly PlanItem[] {
  return [
    ...fresh(objectives, plan.objectives, (id, order, title): Objective => ({
      section: 'objective',
      id,
      order,
      salt: unsalted,
      title: cutLine(title),
      measure: title.length > 200 ? cutText(title) : '',
    })),
    ...fresh(risks, plan.risks, (id, order, title): Risk => ({
      section: 'risk',
      id,
      order,
      salt: unsalted,
      title: cutLine(title),
      likelihood: 'medium',
      consequence: 'medium',
      response: title.length > 200 ? cutText(title) : '',
    })),
    ...fresh(criteria, plan.criteria, (id, order, title): ActivationCriterion => ({
      section: 'criterion',
      id,
      order,
      salt: unsalted,
      title: cutLine(title),
      severity: 'major',
    })),
    ...fresh(
      systems,
      plan.systems.map((system) => ({ ...system, title: system.name })),
      (id, order, title, at): System => {
        const { owner = null, rto = null, rpo = null } = systems[at] ?? {};
        return {
          section: 'system',
          id: id as SystemId,
          order,
          salt: unsalted,
          name: cutLine(title),
          owner: roles.idOf(owner) ?? commanding,
          rto: rto ?? 1440,
          rpo: rpo ?? 1440,
          mtd: 2 * (rto ?? 1440),
          priority: Math.min(at + 1, 99),
          dependsOn: [],
        };
      },
    ),
  ];
}

/** Only what the plan does not have under this title. */
function fresh<Item extends PlanItem>(
  lines: readonly UnderstoodLine[],
  inPlan: readonly { readonly id: string; readonly title: string }[],
  make: (id: string, order: number, title: string, at: number) => Item,
): readonly Item[] {
  const known = new KnownNames(inPlan, ({ title }) => title);
  return lines.flatMap(({ title }, at) =>
    known.find(title) === null ? [make(known.idFor(title), (inPlan.length + at + 1) * 10, title, at)] : [],
  );
}
