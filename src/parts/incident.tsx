import { createContext, useCallback, useContext, useMemo } from 'react';
import { currentIncident, otherRealIncidents, type KnownIncident } from '../domain/incident/current-incident.ts';
import { coveredRoles } from '../domain/card/covered-roles.ts';
import { heldRoles, type HeldAssignment } from '../domain/incident/held-roles.ts';
import type { Impact, Incident, IncidentRecords, StepProgress, TaskProgress } from '../domain/incident/incident.ts';
import {
  parseIncidentId,
  type IncidentId,
  type PersonId,
  type RoleId,
  type SystemId,
  type TaskCode,
} from '../domain/ids.ts';
import { planOf, type Plan } from '../domain/plan/plan.ts';
import type { PlanItem, PlanVersion } from '../domain/plan/plan-item.ts';
import type { RefusedChange, Shown } from '../domain/ports/records.ts';
import type { Kind } from '../domain/sync/kinds.ts';
import { usePeople, type People } from './use-people.ts';
import { usePorts } from './ports.tsx';
import { refusedIncidents, withKept } from './refused-incident.ts';
import { useLive, useRecords, useSetting } from './use-live.ts';
import { grantedRoles, useGrants } from './use-grants.ts';
import { useMe, type Me } from './use-me.ts';
import { usePlanVersion, type HeldVersion } from './use-plan-versions.ts';

/** What the screen displayed of a record; a draft names it as what it changes. */
export type Seen = Pick<Shown<Kind>, 'change' | 'stamp' | 'unsent' | 'readOnly'>;

/** The open incident with its plan and everything reported so far, as every screen of it reads it. */
export type IncidentView = {
  readonly id: IncidentId;
  readonly incident: Incident;
  readonly incidentSeen: Seen;
  /** The version that is worked, with the tasks that were added during the incident. */
  readonly plan: Plan;
  readonly version: HeldVersion;
  readonly records: IncidentRecords;
  readonly assignments: readonly HeldAssignment[];
  readonly people: People;
  readonly me: Me;
  /** Everything of this device that the server refused, where it refused this incident; else nothing. */
  readonly refused: readonly RefusedChange[];
  /** Roles that this person works in, in the plan's order. */
  readonly myRoles: readonly RoleId[];
  /** Roles that nobody fills and this person stands in for, as their nearest superior: their tasks are this person's too. */
  readonly myCovered: readonly RoleId[];
  readonly seen: {
    readonly task: (code: TaskCode) => Seen | null;
    readonly step: (code: TaskCode, n: number) => Seen | null;
    readonly impact: (system: SystemId) => Seen | null;
    readonly assignment: (role: RoleId, person: PersonId) => Seen | null;
  };
};

export type IncidentState =
  | { readonly state: 'reading' }
  /** No incident is known on this device. */
  | { readonly state: 'none' }
  /** The incident is known, the plan version it is worked by has not come yet. */
  | { readonly state: 'without-plan'; readonly incident: Incident }
  | { readonly state: 'open'; readonly view: IncidentView };

type OpenIncidents = {
  readonly state: IncidentState;
  readonly known: readonly KnownIncident[];
  /** Active real incidents that need to be told of on every screen. */
  readonly alarms: readonly KnownIncident[];
  readonly choose: (id: IncidentId) => void;
};

const IncidentContext = createContext<OpenIncidents | null>(null);

export const currentIncidentSetting = 'incident';

/** Reads the current incident once for all screens. */
export function IncidentProvider({ children }: { readonly children: React.ReactNode }) {
  const { device } = usePorts();
  const incidents = useRecords('incident', '');
  const setting = useSetting(currentIncidentSetting);
  const refused = useLive(device.refused);
  const known = useMemo(() => {
    const standing = (incidents ?? []).flatMap(knownIncident);
    return [...standing, ...refusedIncidents(refused ?? [], standing)];
  }, [incidents, refused]);
  const current = useMemo(() => {
    const chosen = parseIncidentId(setting);
    return currentIncident(known, chosen.ok ? chosen.value : null);
  }, [known, setting]);
  const kept = current?.refused ? (refused ?? nothing) : nothing;
  const seen = useMemo(
    () => withKept(incidents ?? [], kept, 'incident', '').find((each) => each.key === current?.id) ?? null,
    [incidents, kept, current],
  );
  const held = usePlanVersion(current?.incident.plan ?? null, refused ?? nothing);
  const view = useView(current, seen, held, kept);
  const read = incidents !== undefined && setting !== undefined && refused !== undefined;
  const choose = useCallback((id: IncidentId) => void device.setSetting(currentIncidentSetting, id), [device]);
  const value = useMemo(
    () => ({
      state: !read ? reading : current === null ? none : view,
      known,
      alarms: otherRealIncidents(known, current),
      choose,
    }),
    [read, current, view, known, choose],
  );
  return <IncidentContext value={value}>{children}</IncidentContext>;
}

/** The incident that this device has open. */
export function useIncident(): IncidentState {
  return useIncidents().state;
}

export function useIncidents(): OpenIncidents {
  const incidents = useContext(IncidentContext);
  if (incidents === null) throw new Error('useIncident outside of IncidentProvider');
  return incidents;
}

const reading: IncidentState = { state: 'reading' };
const none: IncidentState = { state: 'none' };

const nothing: readonly RefusedChange[] = [];

function useView(
  current: KnownIncident | null,
  seen: Shown<'incident'> | null,
  held: HeldVersion | null | undefined,
  refused: readonly RefusedChange[],
): IncidentState {
  const prefix = current === null ? null : `${current.id}/`;
  const extra = useKept('extra-task', prefix, refused);
  const tasks = useKept('task', prefix, refused);
  const steps = useKept('step', prefix, refused);
  const impacts = useKept('impact', prefix, refused);
  const assigned = useKept('assignment', prefix, refused);
  const people = usePeople();
  const grants = useGrants();
  const me = useMe();

  const plan = useMemo(
    () => (held == null || extra === undefined ? null : planWithExtraTasks(held.version, extra)),
    [held, extra],
  );
  const progress = useMemo(() => tasks && byLastSegment<TaskCode, TaskProgress>(tasks), [tasks]);
  const stepsDone = useMemo(() => steps && stepsByTask(steps), [steps]);
  const impactOf = useMemo(() => impacts && byLastSegment<SystemId, Impact>(impacts), [impacts]);
  const assignments = useMemo(() => assigned?.flatMap(heldAssignment), [assigned]);
  const mine = useMemo(() => {
    if (!plan || !assignments || me == null) return null;
    const myRoles = heldRoles(plan, me.person, me.roles, assignments);
    const covered = coveredRoles(plan, assignments, grantedRoles(grants, me));
    return { myRoles, myCovered: myRoles.flatMap((role) => (covered.get(role) ?? []).map(({ id }) => id)) };
  }, [plan, assignments, grants, me]);
  const lookUp = useMemo(() => {
    const of = (kind: readonly Shown<Kind>[] | undefined) =>
      new Map((kind ?? []).map((each) => [each.key, each] as const));
    return { task: of(tasks), step: of(steps), impact: of(impacts), assignment: of(assigned) };
  }, [tasks, steps, impacts, assigned]);

  return useMemo((): IncidentState => {
    if (current === null || seen === null || held === undefined || me == null) return reading;
    if (held === null) return { state: 'without-plan', incident: current.incident };
    if (!plan || !progress || !stepsDone || !impactOf || !assignments || !mine) return reading;
    const { id, incident } = current;
    return {
      state: 'open',
      view: {
        id,
        incident,
        incidentSeen: seen,
        plan,
        version: held,
        records: { id, incident, progress, steps: stepsDone, impacts: impactOf },
        assignments,
        people,
        me,
        refused,
        ...mine,
        seen: {
          task: (code) => lookUp.task.get(`${id}/${code}`) ?? null,
          step: (code, n) => lookUp.step.get(`${id}/${code}/${n}`) ?? null,
          impact: (system) => lookUp.impact.get(`${id}/${system}`) ?? null,
          assignment: (role, person) => lookUp.assignment.get(`${id}/${role}/${person}`) ?? null,
        },
      },
    };
  }, [current, seen, held, plan, progress, stepsDone, impactOf, assignments, people, me, mine, refused, lookUp]);
}

function useKept<K extends Kind>(
  kind: K,
  prefix: string | null,
  refused: readonly RefusedChange[],
): readonly Shown<K>[] | undefined {
  const shown = useRecords(kind, prefix);
  return useMemo(() => shown && withKept(shown, refused, kind, prefix ?? ''), [shown, refused, kind, prefix]);
}

function knownIncident({ key, value }: Shown<'incident'>): readonly KnownIncident[] {
  const id = parseIncidentId(key);
  return value === null || !id.ok ? [] : [{ id: id.value, incident: value }];
}

/** What the plan says of a task stands: nothing that is added under its code can take its place. */
function planWithExtraTasks(version: PlanVersion, extra: readonly Shown<'extra-task'>[]): Plan {
  const planned = new Set<string>(version.items.map((item) => (item.section === 'task' ? item.id : '')));
  const added = extra.flatMap(({ key, value }, place): PlanItem[] => {
    const id = lastSegment(key) as TaskCode;
    if (value === null || planned.has(id)) return [];
    const { by, ...task } = value;
    return [
      {
        ...task,
        section: 'task',
        id,
        resources: [],
        order: 1e9 + place,
        salt: '',
      } as unknown as PlanItem,
    ];
  });
  return planOf([...version.items, ...added]);
}

function byLastSegment<Id extends string, Value>(
  shown: readonly { readonly key: string; readonly value: Value | null }[],
): ReadonlyMap<Id, Value> {
  return new Map(shown.flatMap(({ key, value }) => (value === null ? [] : [[lastSegment(key) as Id, value] as const])));
}

function stepsByTask(shown: readonly Shown<'step'>[]): ReadonlyMap<TaskCode, ReadonlyMap<number, StepProgress>> {
  const steps = new Map<TaskCode, Map<number, StepProgress>>();
  for (const { key, value } of shown) {
    const [, code, n] = key.split('/');
    if (value === null || code === undefined) continue;
    const ofTask = steps.get(code as TaskCode) ?? new Map<number, StepProgress>();
    steps.set(code as TaskCode, ofTask.set(Number(n), value));
  }
  return steps;
}

function heldAssignment({ key, value }: Shown<'assignment'>): readonly HeldAssignment[] {
  const [, role, person] = key.split('/');
  return value === null || role === undefined || person === undefined
    ? []
    : [{ role: role as RoleId, person: person as PersonId, assignment: value }];
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
