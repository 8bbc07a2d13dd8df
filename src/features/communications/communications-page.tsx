import { useMemo } from 'react';
import { useParams } from 'wouter';
import { nextUpdates, type NextUpdate } from '../../domain/communication/cadence.ts';
import type { Procedure } from '../../domain/plan/plan-item.ts';
import { millis, type Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { unbroken } from '../../parts/unbroken.ts';
import { useNow } from '../../parts/use-now.ts';
import { WithPlan, type PlanInSight } from '../../parts/with-plan.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GroupTitle, ScreenTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList, Stack } from '../../ui/stack.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { updateDetail, updateHeadline } from './cadence-words.ts';
import { ProcedureDetail } from './procedure-detail.tsx';
import styles from './communications.module.css';

/** Who must hear what next, and the words for it. */
export function CommunicationsPage() {
  return (
    <WithPlan
      title="Communications"
      appears="The communication procedures of the plan appear here: who is told what, how often, and in which words."
    >
      {(sight) => <Communications sight={sight} />}
    </WithPlan>
  );
}

/** An update with the procedure that promises it. */
export type DueUpdate = { readonly procedure: Procedure; readonly update: NextUpdate };

function Communications({ sight }: { readonly sight: PlanInSight }) {
  const { procedure: opened } = useParams<{ procedure?: string }>();
  const now = useNow();
  const { plan, view } = sight;
  const due = useMemo(() => dueUpdates(plan.procedures, view, now), [plan, view, now]);
  const found = plan.procedures.find(({ id }) => id === opened) ?? null;
  const list = <ProcedureList sight={sight} due={due} now={now} />;
  return (
    <TwoPanes
      list={list}
      detail={
        found === null ? null : <ProcedureDetail key={found.id} sight={sight} procedure={found} due={due} now={now} />
      }
      hint={<EmptyState title="Open a procedure.">Its templates are filled in from the incident.</EmptyState>}
      detailLabel="Procedure"
    />
  );
}

function ProcedureList({
  sight: { plan, view },
  due,
  now,
}: {
  readonly sight: PlanInSight;
  readonly due: readonly DueUpdate[];
  readonly now: Millis;
}) {
  if (plan.procedures.length === 0) {
    return (
      <Stack>
        <ScreenTitle>Communications</ScreenTitle>
        <EmptyState title="This copy of the plan has no communication procedures.">
          What belongs to your role appears here. Contacts have a screen of their own.
        </EmptyState>
        <ContactsLink />
      </Stack>
    );
  }
  return (
    <Stack>
      <ScreenTitle>Communications</ScreenTitle>
      <p className={styles.headline}>{unbroken(updateHeadline(view, due, now))}</p>
      {due.length === 0 || view === null ? null : (
        <Stack close>
          <GroupTitle>Updates due next</GroupTitle>
          <RowList label="Updates due next">
            {due.map(({ procedure, update }) => (
              <li key={`${procedure.id} ${update.audience}`}>
                <RowLink
                  href={`/communications/${procedure.id}`}
                  title={update.audience}
                  detail={updateDetail(update, view.incident.zone, now)}
                />
              </li>
            ))}
          </RowList>
        </Stack>
      )}
      {kinds.map(({ kind, title }) => {
        const procedures = plan.procedures.filter((procedure) => procedure.kind === kind);
        return procedures.length === 0 ? null : (
          <Stack close key={kind}>
            <GroupTitle>{title}</GroupTitle>
            <RowList label={title}>
              {procedures.map(({ id, title: name, owner, templates }) => (
                <li key={id}>
                  <RowLink
                    href={`/communications/${id}`}
                    icon="communications"
                    title={name}
                    detail={`${roleTitle(plan, owner)} · ${templates.length} ${templates.length === 1 ? 'template' : 'templates'}`}
                  />
                </li>
              ))}
            </RowList>
          </Stack>
        );
      })}
      <ContactsLink />
    </Stack>
  );
}

function ContactsLink() {
  return (
    <RowList>
      <li>
        <RowLink href="/contacts" icon="phone" title="Contacts" detail="Call, write, send a text" />
      </li>
    </RowList>
  );
}

const kinds = [
  { kind: 'internal', title: 'Inside the team' },
  { kind: 'external', title: 'Outside' },
  { kind: 'media', title: 'Media' },
] as const;

/** Every audience's next update, the soonest first; none before an activation and after the incident is closed. */
function dueUpdates(procedures: readonly Procedure[], view: IncidentView | null, now: Millis): readonly DueUpdate[] {
  if (view === null || view.incident.status === 'closed') return [];
  const startedAt = millis(view.incident.startedAt);
  return procedures
    .flatMap((procedure) => nextUpdates(procedure.cadence, startedAt, now).map((update) => ({ procedure, update })))
    .sort((a, b) => a.update.dueAt - b.update.dueAt);
}
