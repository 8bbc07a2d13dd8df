import type { JsonObject } from '../../src/domain/json.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import type { PlanVersion, PublishedPlan } from '../../src/domain/plan/plan-item.ts';
import { base64url } from '../../src/domain/sync/base64url.ts';
import { contactItems, roleItem, rolesOf } from './large-plan-people.ts';
import {
  generateTasks,
  releaseDue,
  releaseStep,
  restsOn,
  testStep,
  ownerOf,
  type GeneratedTask,
} from './large-plan-tasks.ts';
import { choicesOf, slug, words, type Choices, type RoleWords } from './large-plan-words.ts';

export type Tier = 'normal' | 'large' | 'stress';

/** product.md, Sizes to build and measure for; the Seed tier is the built-in plan. */
export const tiers: Readonly<
  Record<Tier, { readonly roles: number; readonly tasks: number; readonly contacts: number; readonly systems: number }>
> = {
  normal: { roles: 15, tasks: 300, contacts: 60, systems: 8 },
  large: { roles: 34, tasks: 2400, contacts: 250, systems: 60 },
  stress: { roles: 80, tasks: 8000, contacts: 2000, systems: 60 },
};

/**
 * A plan of that size for tests and measurements: the same items, salts and hash in every run, valid by every rule of a plan file,
 * with texts as long as people write them.
 */
export function generatedPlan(tier: Tier): PublishedPlan {
  const sizes = tiers[tier];
  const choices = choicesOf(sizes.tasks);
  const roles = rolesOf(sizes.roles);
  const tasks = generateTasks(sizes, roles, choices);
  const systems = words.systems.slice(0, sizes.systems);
  const sections: readonly (readonly JsonObject[])[] = [
    [headerItem(tasks)],
    riskItems(),
    words.objectives.map(([title, measure]) => ({ section: 'objective', id: slug(title), title, measure })),
    words.criteria.map(([title, severity]) => ({
      section: 'criterion',
      id: slug(title).slice(0, 60),
      title,
      severity,
    })),
    systems.map((name, place) => systemItem(name, place, roles)),
    words.groups.map(({ vest, name, purpose }) => ({ section: 'group', id: vest, name, purpose, vest })),
    roles.map(roleItem),
    contactItems(sizes.contacts, roles, choices),
    words.procedures.map(procedureItem),
    words.phases.map(phaseItem),
    tasks.map((task) => taskItem(task, roles)),
    milestoneItems(systems, tasks),
    resourceItems(systems, roles),
  ];
  const items = sections.flatMap((section) => section.map((item, place) => salted(item, place, choices)));
  const version = { plan: `sample-${tier}`, number: 1, author: null, items, withheld: [] };
  return { ...(version as unknown as PlanVersion), hash: planHash(version) };
}

function salted(item: JsonObject, place: number, choices: Choices): JsonObject {
  return { ...item, order: (place + 1) * 10, salt: base64url(choices.bytes(16)) };
}

function headerItem(tasks: readonly GeneratedTask[]): JsonObject {
  return {
    section: 'header',
    id: 'plan',
    title: 'Group recovery, all sites',
    organisation: 'Example Retail Group',
    summary:
      'Who does what, in which order and by when, after a disaster that stops the systems or sites of the group. Names, numbers and places are invented.',
    scope:
      'Covered: all systems, stores, depots and offices.\nNot covered: evacuation and first aid, which come first.',
    assumptions: [
      'People come before systems: nobody starts a recovery task until everyone at an affected site is accounted for.',
      'A complete and clean copy of every system exists in another city.',
      'Each role has a deputy who can start within 60 minutes.',
    ],
    commandLocation: 'Room 12, Example House, Johannesburg',
    alternateLocation: 'Training room, Ambleport office',
    commandPhone: '+27 00 000 0001',
    commandChannel: 'Chat room "recovery-command"; radio channel 1',
    zone: 'Africa/Johannesburg',
    currency: 'ZAR',
    commandingRole: 'recovery-coordinator',
    declaredBy: ['executive-sponsor', 'recovery-coordinator', 'security-officer'],
    approvedBy: ['executive-sponsor', 'finance-lead'],
    recoveryTests: tasks
      .filter(({ work }) => work === testStep)
      .slice(0, 12)
      .map(({ code }) => code),
    recoverySignOff: 'executive-sponsor',
    nextReview: '2027-02-26',
  };
}

function riskItems(): readonly JsonObject[] {
  return words.risks.map(([title, likelihood, consequence, response]) => ({
    section: 'risk',
    id: slug(title),
    title,
    likelihood,
    consequence,
    response,
  }));
}

function systemItem(name: string, place: number, roles: readonly RoleWords[]): JsonObject {
  const rto = Math.ceil(releaseDue(place) / 60) * 60;
  return {
    section: 'system',
    id: slug(name),
    name: name.charAt(0).toUpperCase() + name.slice(1),
    description: `Used by every site; restored by the steps of its own list. Place ${String(place + 1)} in the order of recovery.`,
    owner: ownerOf(place % 3 === 0 ? 'database-team' : 'application-team', null, roles),
    rto,
    rpo: place < 20 ? 60 : 1440,
    mtd: rto * 2,
    priority: 1 + Math.floor(place / 4),
    dependsOn: restsOn(place).map((each) => slug(words.systems[each] ?? '')),
  };
}

function procedureItem([title, kind, audience, channel, every]: (typeof words.procedures)[number]): JsonObject {
  const id = slug(title);
  return {
    section: 'procedure',
    id,
    kind,
    title,
    purpose: `${audience} hear from us what is known, what is not, and when they hear more.`,
    owner: 'communications-officer',
    audiences: [audience],
    channels: [channel, 'Telephone, read out', 'Paper notice at the door'],
    cadence: [
      { from: 0, to: 720, every, audience, channel },
      { from: 720, to: 4320, every: every * 4, audience, channel },
    ],
    points: [
      'Say what is known, what is not known, what to do, and when the next message comes.',
      'Keep the time of an update even without news.',
      'Never guess a cause, and never ask for passwords or card numbers.',
    ],
    reportAndEscalate: [
      'Approval by the Recovery Coordinator by voice; Legal as well where data, money or fault is mentioned.',
      'No approval 15 minutes before an update is due: send the last approved text with a new time.',
    ],
    templates: [
      {
        id: `${id}-first`,
        title: 'First notice',
        audience,
        channel,
        subject: '{{organisation}}: state at {{now}}',
        body: 'Since {{startedAt}} parts of our services do not work.\nNot working: {{systemsDown}}\nWe expect them back {{estimate}}.\nNext update: {{nextUpdate}}. Questions: {{contactName}}, {{contactPhone}}',
      },
      {
        id: `${id}-progress`,
        title: 'Progress update',
        audience,
        channel,
        subject: '{{incidentCode}}: update of {{now}}',
        body: 'State at {{now}}: {{progress}} in phase {{phase}}.\nWorking again: {{systemsRestored}}\nNot yet working: {{systemsDown}}\nNext update: {{nextUpdate}}',
      },
    ],
  };
}

function phaseItem({ id, title, purpose, fromHour, toHour }: (typeof words.phases)[number]): JsonObject {
  return { section: 'phase', id, title, purpose, from: fromHour * 60, to: toHour * 60 };
}

function taskItem(
  { work, x, code, owner, target, dependsOn, phase, system }: GeneratedTask,
  roles: readonly RoleWords[],
): JsonObject {
  const named = (text: string) => text.replaceAll('{x}', x);
  const supporting = work.supporting.map((each) => ownerOf(each, null, roles)).filter((each) => each !== owner);
  return {
    section: 'task',
    id: code,
    phase,
    title: named(work.title),
    ...(work.detail === undefined ? {} : { detail: named(work.detail) }),
    owner,
    supporting: [...new Set(supporting)],
    dependsOn,
    target,
    steps: work.steps.map(named),
    completionTest: named(work.test),
    resources: work.title.startsWith('Prepare clean hosts') && system !== null ? [`hosts-${system}`] : [],
    ...(system === null ? {} : { systems: [system] }),
    critical: work.critical === true,
  };
}

function milestoneItems(systems: readonly string[], tasks: readonly GeneratedTask[]): readonly JsonObject[] {
  const released = systems.flatMap((name, place) => {
    const task = tasks.find(({ work, system }) => work === releaseStep && system === slug(name));
    if (task === undefined || place % 2 === 1) return [];
    const title = `Released: ${name}`;
    return [
      {
        section: 'milestone',
        id: `released-${slug(name)}`,
        title,
        at: task.target,
        tasks: [task.code],
        phase: task.phase,
        system: slug(name),
      },
    ];
  });
  const phases = words.phases.map(({ id, title, toHour }) => ({
    section: 'milestone',
    id: `end-of-${id}`,
    title: `End of "${title}"`,
    at: toHour * 60,
    tasks: [],
    phase: id,
  }));
  return [...released, ...phases].toSorted((a, b) => a.at - b.at);
}

function resourceItems(systems: readonly string[], roles: readonly RoleWords[]): readonly JsonObject[] {
  const technical = systems.map((name, place) => ({
    section: 'resource',
    id: `hosts-${slug(name)}`,
    kind: 'technical',
    name: `Clean hosts for the ${name}`,
    quantity: 1 + (place % 4),
    unit: 'servers',
    source: `${words.suppliers[place % words.suppliers.length] ?? ''}, contract EX-${String(4100 + place)}`,
    owner: ownerOf('server-team', null, roles),
    cost: 15_000 * (1 + (place % 4)),
  }));
  const human = roles.map(({ id, title }, place) => ({
    section: 'resource',
    id: `relief-${id}`,
    kind: 'human',
    name: `Relief for ${title}`,
    quantity: 1 + (place % 3),
    unit: 'people per shift',
    owner: id,
  }));
  const financial = words.groups.map(({ vest, name }, place) => ({
    section: 'resource',
    id: `budget-${vest}`,
    kind: 'financial',
    name: `Emergency budget, ${name}`,
    quantity: 100_000 * (place + 1),
    unit: 'ZAR',
    owner: ownerOf('finance-lead', null, roles),
    cost: 100_000 * (place + 1),
    note: 'Spending over half of it is told to the Executive Sponsor.',
  }));
  return [...technical, ...human, ...financial];
}
