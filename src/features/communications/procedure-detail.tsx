import type { Procedure } from '../../domain/plan/plan-item.ts';
import type { Millis } from '../../domain/time.ts';
import { RoleBadge, vestOf } from '../../parts/role-badge.tsx';
import type { PlanInSight } from '../../parts/with-plan.tsx';
import { Card } from '../../ui/card.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { updateDetail, windowLine } from './cadence-words.ts';
import type { DueUpdate } from './communications-page.tsx';
import { DetailTop } from './detail-top.tsx';
import { TemplateCard } from './template-card.tsx';
import styles from './communications.module.css';

type ProcedureDetailProps = {
  readonly sight: PlanInSight;
  readonly procedure: Procedure;
  readonly due: readonly DueUpdate[];
  readonly now: Millis;
};

/** One procedure: when, to whom, by which way, by which rules, and the words ready to send. */
export function ProcedureDetail({ sight, procedure, due, now }: ProcedureDetailProps) {
  const { plan, view } = sight;
  return (
    <div data-opened>
      <Stack>
        <DetailTop href="/communications" back="All procedures" title={procedure.title} />
        <Card band={vestOf(plan, procedure.owner)} label="In short">
          {procedure.purpose === '' ? null : <p>{procedure.purpose}</p>}
          <Facts facts={factsOf(sight, procedure, due, now)} />
        </Card>
        {procedure.templates.length === 0 ? null : (
          <Stack close>
            <GroupTitle aside={view === null ? 'filled in once activated' : 'filled in from the incident'}>
              Templates
            </GroupTitle>
            {procedure.templates.map((template) => (
              <TemplateCard key={template.id} sight={sight} procedure={procedure} template={template} now={now} />
            ))}
          </Stack>
        )}
        <Rules title="Keep to this" lines={procedure.points} />
        <Rules title="Report and escalate" lines={procedure.reportAndEscalate} />
      </Stack>
    </div>
  );
}

function Rules({ title, lines }: { readonly title: string; readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <Stack close>
      <GroupTitle>{title}</GroupTitle>
      <Card>
        <Lines lines={lines} />
      </Card>
    </Stack>
  );
}

function factsOf(
  { plan, view }: PlanInSight,
  { id, owner, audiences, channels, cadence }: Procedure,
  due: readonly DueUpdate[],
  now: Millis,
): readonly Fact[] {
  const mine = due.filter(({ procedure }) => procedure.id === id);
  const next =
    view === null
      ? []
      : mine.map(({ update }) => `${update.audience}: ${updateDetail(update, view.incident.zone, now)}`);
  return [
    ...(next.length === 0 ? [] : [{ name: 'Next update', value: <Lines lines={next} strong /> }]),
    { name: 'Owner', value: <RoleBadge plan={plan} role={owner} /> },
    ...(audiences.length === 0 ? [] : [{ name: 'Audiences', value: audiences.join(', ') }]),
    ...(channels.length === 0 ? [] : [{ name: 'Channels', value: channels.join(', ') }]),
    ...(cadence.length === 0 ? [] : [{ name: 'Cadence', value: <Lines lines={cadence.map(windowLine)} /> }]),
  ];
}

function Lines({ lines, strong = false }: { readonly lines: readonly string[]; readonly strong?: boolean }) {
  return (
    <ul className={styles.lines}>
      {[...new Set(lines)].map((line) => (
        <li key={line}>{strong ? <strong>{line}</strong> : line}</li>
      ))}
    </ul>
  );
}
