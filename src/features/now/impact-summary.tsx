import { useState } from 'react';
import type { ImpactState } from '../../domain/incident/incident.ts';
import type { System } from '../../domain/plan/plan-item.ts';
import type { Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { impactWords } from '../../parts/status-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import { GroupTitle } from '../../ui/heading.tsx';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { RowButton } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { later } from '../../ui/later.tsx';

const ImpactDialog = later(async () => (await import('./impact-dialog.tsx')).ImpactDialog);

/** The worst first. */
const icons: Readonly<Record<ImpactState, IconName>> = {
  down: 'close',
  degraded: 'warning',
  workaround: 'hand-over',
  restored: 'check',
};
const worstFirst = Object.keys(icons);

/** Which systems are hit, worst first; what nobody reported is said as not reported. */
export function ImpactSummary({ view, now }: { readonly view: IncidentView; readonly now: Millis }) {
  const [asking, setAsking] = useState<System | null>(null);
  const { systems } = view.plan;
  const [all, setAll] = useState(false);
  const mayWrite = view.me.access !== 'observer' && view.incident.status === 'active';
  if (systems.length === 0) return null;
  const reported = systems.filter(({ id }) => view.records.impacts.has(id));
  const rank = ({ id }: System) => {
    const state = view.records.impacts.get(id)?.impact;
    return state === undefined ? worstFirst.length : worstFirst.indexOf(state);
  };
  const shown = [...(all ? systems : reported)].sort((a, b) => rank(a) - rank(b));
  const words = counts(view);
  return (
    <Stack close>
      <GroupTitle aside={words}>Systems</GroupTitle>
      <RowList>
        {shown.map((system) => {
          const impact = view.records.impacts.get(system.id);
          const estimate =
            impact?.estimate == null || impact.impact === 'restored'
              ? ''
              : ` · expected back ${whenWords(impact.estimate, view.incident.zone, now)}`;
          const detail =
            impact === undefined
              ? 'not reported'
              : `${impactWords[impact.impact]}${estimate}${impact.note ? ` · ${impact.note}` : ''}`;
          const icon = impact === undefined ? 'more' : icons[impact.impact];
          return (
            <li key={system.id}>
              {mayWrite ? (
                <RowButton icon={icon} title={system.name} detail={detail} onPress={() => setAsking(system)} />
              ) : (
                <p>
                  <Icon name={icon} /> {`${system.name}: ${detail}`}
                </p>
              )}
            </li>
          );
        })}
        {!mayWrite || all || shown.length === systems.length ? null : (
          <li>
            <RowButton
              title="Report the state of a system"
              detail={`${systems.length - shown.length} not reported`}
              onPress={() => setAll(true)}
            />
          </li>
        )}
      </RowList>
      {asking === null ? null : <ImpactDialog view={view} system={asking} onClose={() => setAsking(null)} />}
    </Stack>
  );
}

function counts({ plan, records }: IncidentView): string {
  const states = ['down', 'degraded', 'workaround', 'restored'] as const;
  const words = states.flatMap((state) => {
    const count = plan.systems.filter(({ id }) => records.impacts.get(id)?.impact === state).length;
    return count === 0 ? [] : [`${count} ${impactWords[state]}`];
  });
  return words.length === 0 ? 'none reported' : words.join(' · ');
}
