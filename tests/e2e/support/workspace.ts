import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncidentMode } from '../../../src/domain/incident/incident.ts';
import { incidentCode, incidentCodeBytes } from '../../../src/domain/incident/incident-code.ts';
import type { IncidentId, PersonId, PlanHash } from '../../../src/domain/ids.ts';
import type { Json } from '../../../src/domain/json.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import type { PlanVersion, PublishedPlan } from '../../../src/domain/plan/plan-item.ts';
import { recordKey } from '../../../src/domain/sync/kinds.ts';
import { instant, minute, type Millis } from '../../../src/domain/time.ts';
import { activate, publishVersion } from '../../../src/parts/activation.ts';
import { enrolDevice, type ApiDevice } from './api-device.ts';
import type { RealServer } from './real-server.ts';

/** A workspace as a coordinator's script fills it: the plan published and, where asked for, an incident under way. */
export type Workspace = {
  readonly coordinator: ApiDevice;
  readonly plan: PublishedPlan;
  /** Activates the plan; T0 is `ago` before now. */
  readonly activate: (mode: IncidentMode, title: string, ago?: Millis) => Promise<IncidentId>;
  /** Gives a person a role in an incident. */
  readonly assign: (incident: IncidentId, role: string, person: PersonId) => Promise<void>;
};

export async function seedPlan(): Promise<PublishedPlan> {
  const file = new URL('../../../src/app/plans/online-marketplace-recovery.json', import.meta.url);
  const { format: _, ...version } = JSON.parse(await readFile(file, 'utf8')) as PlanVersion & {
    readonly format: string;
  };
  return { ...version, hash: planHash(version) };
}

/** Burns the server's setup code by API and publishes a plan. */
export async function fillWorkspace(server: RealServer, plan: PublishedPlan): Promise<Workspace> {
  const coordinator = await enrolDevice(server.origin, server.setUpLink(), 'Nomsa Coordinator');
  const published = publishVersion(plan, coordinator.person);
  await coordinator.write([{ ...published, value: published.value as Json }]);
  return {
    coordinator,
    plan,
    activate: (mode, title, ago = 35 * minute) => activateBy(coordinator, plan.hash, mode, title, ago),
    assign: (incident, role, person) =>
      coordinator.write([
        {
          kind: 'assignment',
          key: recordKey(incident, role, person),
          value: { since: instant(Date.now()), until: null, note: null },
        },
      ]),
  };
}

async function activateBy(
  coordinator: ApiDevice,
  plan: PlanHash,
  mode: IncidentMode,
  title: string,
  ago: Millis,
): Promise<IncidentId> {
  const now = Date.now();
  const code = incidentCode(randomBytes(incidentCodeBytes));
  const { id, drafts } = activate(
    {
      plan,
      mode,
      code,
      title,
      severity: 'major',
      zone: 'Africa/Johannesburg',
      startedAt: instant(now - ago),
      by: coordinator.person,
    },
    now,
    { bytes: (length) => new Uint8Array(randomBytes(length)) },
  );
  await coordinator.write(drafts.map(({ kind, key, value }) => ({ kind, key, value: value as Json })));
  return id;
}
