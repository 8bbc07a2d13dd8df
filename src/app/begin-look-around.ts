import { incidentCode, incidentCodeBytes } from '../domain/incident/incident-code.ts';
import { recordKey } from '../domain/sync/kinds.ts';
import { instant, minute } from '../domain/time.ts';
import type { Draft, Saved } from '../domain/ports/records.ts';
import { activate, publishVersion } from '../parts/activation.ts';
import type { Ports } from '../parts/ports.tsx';
import { deviceZone } from '../parts/use-zone.ts';
import { readLive } from '../domain/ports/read-live.ts';

/** So short ago that everything can still be done in time. */
const began = 2 * minute;

/** The built-in plan, activated as an exercise, with the visitor in the commanding role. Safe to repeat: a device that began already is left as it is. */
export async function beginLookAround(
  { device, builtInPlan, clock, random }: Ports,
  write: (drafts: readonly Draft[]) => Promise<readonly Saved[] | null>,
): Promise<void> {
  const before = await readLive(device.membership);
  if (!before.ok || before.value.state !== 'new') return;
  const plan = await builtInPlan();
  const started = await device.startAlone('You');
  if (!started.ok) return;
  const membership = await readLive(device.membership);
  if (!membership.ok || membership.value.state !== 'alone') return;
  const { person } = membership.value;
  const header = plan.items.find((item) => item.section === 'header');
  const now = clock.now();
  const startedAt = instant(now - began);
  const { id, drafts } = activate(
    {
      plan: plan.hash,
      mode: 'exercise',
      code: incidentCode(random.bytes(incidentCodeBytes)),
      title: 'Looking around',
      severity: 'major',
      zone: deviceZone(),
      startedAt,
      by: person,
    },
    now,
    random,
  );
  const role = header?.commandingRole;
  const assignment: readonly Draft[] =
    role === undefined
      ? []
      : [
          {
            kind: 'assignment',
            key: recordKey(id, role, person),
            value: { since: startedAt, until: null, note: null },
            shown: null,
          },
        ];
  await write([publishVersion(plan, person), ...drafts, ...assignment]);
}
