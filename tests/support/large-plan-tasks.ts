import { words, slug, type Choices, type RoleWords, type WorkWords } from './large-plan-words.ts';

/** A task before codes are given: `key` and `waitsFor` name tasks by the order in which they were thought of. */
type Raw = {
  readonly key: number;
  readonly work: WorkWords;
  readonly owner: string;
  readonly x: string;
  readonly target: number;
  readonly waitsFor: readonly number[];
  readonly system: string | null;
};

export type TaskSizes = { readonly tasks: number; readonly systems: number };

/** `code` is what a radio says. */
export type GeneratedTask = Raw & {
  readonly code: string;
  readonly dependsOn: readonly string[];
  readonly phase: string;
};

const between = 20;
/** Steps of a system's work: what rests on it waits for `release`, before `restore` of its own. */
const restore = 10;
const release = 15;
export const testStep = words.systemWork[14];
export const releaseStep = words.systemWork[release];

/** The systems that the system at `place` rests on: far enough before it that they are due in time. */
export function restsOn(place: number): readonly number[] {
  if (place < 6) return [];
  return [...new Set([place % 5, Math.floor((place - 5) / 2)])];
}

/** When the release of a system is due, in minutes after activation. */
export function releaseDue(place: number): number {
  return place * between + (releaseStep?.after ?? 0);
}

export function siteName(place: number): string {
  const towns = [...words.coastTowns, ...words.inlandTowns];
  const round = Math.floor(place / towns.length);
  const kind = words.siteKinds[round % words.siteKinds.length] ?? '';
  const second = round >= words.siteKinds.length ? 'second ' : '';
  return `${second}${towns[place % towns.length] ?? ''} ${kind}`;
}

/** Exactly `tasks` tasks in the order of the plan; each waits only for tasks that are due no later. */
export function generateTasks(
  sizes: TaskSizes,
  roles: readonly RoleWords[],
  choices: Choices,
): readonly GeneratedTask[] {
  const raw: Raw[] = [];
  const add = (task: Omit<Raw, 'key'>) => raw.push({ ...task, key: raw.length }) - 1;
  for (const role of roles) addRoleWork(role, add);
  addSystemWork(sizes.systems, roles, choices, add);
  for (let site = 0; raw.length < sizes.tasks; site += 1) addSiteWork(site, sizes, roles, raw, add);
  return withCodes(raw.slice(0, sizes.tasks), roles);
}

type Add = (task: Omit<Raw, 'key'>) => number;

function addRoleWork(role: RoleWords, add: Add): void {
  let before: readonly number[] = [];
  for (const phase of words.phases) {
    const x = `the role of ${role.title} for "${phase.title}"`;
    const target = phase.fromHour * 60 + words.roleWork.after;
    before = [add({ work: words.roleWork, owner: role.id, x, target, waitsFor: before, system: null })];
  }
}

function addSystemWork(systems: number, roles: readonly RoleWords[], choices: Choices, add: Add): void {
  const released: number[] = [];
  for (const [place, name] of words.systems.slice(0, systems).entries()) {
    let last: number | null = null;
    for (const [step, work] of words.systemWork.entries()) {
      const others = step === restore ? restsOn(place).flatMap((each) => released[each] ?? []) : [];
      last = add({
        work,
        owner: ownerOf(work.owner, null, roles),
        x: name,
        target: place * between + work.after + (step === 0 ? choices.below(4) : 0),
        waitsFor: [...(last === null ? [] : [last]), ...others],
        system: slug(name),
      });
      if (step === release) released[place] = last;
    }
  }
}

function addSiteWork(
  place: number,
  { tasks }: TaskSizes,
  roles: readonly RoleWords[],
  raw: readonly Raw[],
  add: Add,
): void {
  const name = siteName(place);
  const network = raw.find(({ system, work }) => system === slug(words.systems[0] ?? '') && work === releaseStep);
  let last: number | null = null;
  for (const work of words.siteWork) {
    if (raw.length >= tasks) return;
    const needsNetwork = work.title.includes('core network') && network !== undefined;
    last = add({
      work,
      owner: ownerOf(work.owner, place, roles),
      x: `the ${name}`,
      target: siteDue(work.after, place),
      waitsFor: [...(last === null ? [] : [last]), ...(needsNetwork ? [network.key] : [])],
      system: needsNetwork ? network.system : null,
    });
  }
}

/** People and buildings at once everywhere; the rest site by site over the days. */
function siteDue(after: number, place: number): number {
  if (after <= 60) return after;
  return after + 120 + (place % 24) * 90 + (after >= 330 ? 1440 : 0);
}

/** The role that does it, or where a smaller plan has no such role, the one above it. */
export function ownerOf(wanted: string, site: number | null, roles: readonly RoleWords[]): string {
  const own = site === null ? undefined : roles.find(({ id }) => id === siteRole(site));
  const coast = site !== null && site % (words.coastTowns.length + words.inlandTowns.length) < words.coastTowns.length;
  let id: string | null = wanted === '{site}' ? (own?.id ?? (coast ? 'site-lead-coast' : 'site-lead-inland')) : wanted;
  while (id !== null && !roles.some((each) => each.id === id)) {
    const missing: string = id;
    id = words.roles.find((each) => each.id === missing)?.reportsTo ?? null;
  }
  return id ?? 'recovery-coordinator';
}

export function siteRole(place: number): string {
  return `site-${slug(siteName(place))}`;
}

function withCodes(raw: readonly Raw[], roles: readonly RoleWords[]): readonly GeneratedTask[] {
  const prefixes = new Map(roles.map(({ id, prefix }) => [id, prefix]));
  const counts = new Map<string, number>();
  const sorted = raw.toSorted((a, b) => a.target - b.target || a.key - b.key);
  const codes = new Map(
    sorted.map(({ key, owner }) => {
      const count = (counts.get(owner) ?? 0) + 1;
      counts.set(owner, count);
      return [key, `${prefixes.get(owner) ?? 'X'}-${String(count).padStart(2, '0')}`];
    }),
  );
  return sorted.map((task) => ({
    ...task,
    code: codes.get(task.key) ?? '',
    dependsOn: task.waitsFor.flatMap((each) => codes.get(each) ?? []),
    phase: words.phases.find(({ toHour }) => task.target < toHour * 60)?.id ?? 'back-to-normal',
  }));
}
