import type { IncidentId, PersonId } from '../../src/domain/ids.ts';
import type { Task } from '../../src/domain/plan/plan-item.ts';
import { recordKey } from '../../src/domain/sync/kinds.ts';
import { hour, instant, minute, type Millis } from '../../src/domain/time.ts';
import type { Record } from '../e2e/support/api-device.ts';
import type { Workspace } from '../e2e/support/workspace.ts';

/** How long ago the incident of the pictures began: IT-03 is then due in 25 minutes. */
export const ago: Millis = 6 * hour + 15 * minute;

const doneInSecondPhase = ['HOS-02', 'TEC-03', 'SEC-04', 'DAT-03'];
const begun = ['CMD-07', 'COM-04'];

/** Six hours of an incident as its people reported them: the first phase done, the second under way, one task blocked. */
export async function reportNight(workspace: Workspace, incident: IncidentId, by: PersonId): Promise<void> {
  const { items } = workspace.plan;
  const startedAt = Date.now() - ago;
  const tasks = items.filter((item): item is Task => item.section === 'task');
  const at = (task: Task, minutes: number) => instant(startedAt + Math.max(1, task.target + minutes) * minute);
  const progress = (task: Task, status: string, more: object): Record => ({
    kind: 'task',
    key: recordKey(incident, task.id),
    value: { status, reason: null, startedAt: null, endedAt: null, by, ...more },
  });
  await workspace.coordinator.write([
    ...tasks
      .filter(({ id, phase }) => phase === 'immediate-response' || doneInSecondPhase.includes(id))
      .map((task, place) => {
        const slip = (place % 5) * 4 - 12;
        return progress(task, 'done', { startedAt: at(task, slip - 20), endedAt: at(task, slip) });
      }),
    ...tasks
      .filter(({ id }) => begun.includes(id))
      .map((task) => progress(task, 'in-progress', { startedAt: instant(Date.now() - 40 * minute) })),
    ...tasks
      .filter(({ id }) => id === 'SEC-05')
      .map((task) =>
        progress(task, 'blocked', {
          reason: 'No VPN from the command room',
          startedAt: instant(Date.now() - 18 * minute),
        }),
      ),
    ...impacts(incident, by, startedAt),
  ]);
}

function impacts(incident: IncidentId, by: PersonId, startedAt: Millis): readonly Record[] {
  const states = {
    'order-database': 'down',
    storefront: 'down',
    'payment-gateway': 'workaround',
    network: 'restored',
    'support-desk': 'restored',
  };
  return Object.entries(states).map(([system, impact]) => ({
    kind: 'impact',
    key: recordKey(incident, system),
    value: {
      impact,
      estimate: impact === 'down' ? instant(startedAt + 11 * hour) : null,
      at: instant(startedAt + hour),
      by,
    },
  }));
}
