import type { PhaseId } from '../../domain/ids.ts';
import { moveTask } from '../../domain/plan/draft-edits.ts';
import type { Task } from '../../domain/plan/plan-item.ts';
import { planMinutes } from '../../parts/time-words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { Stack } from '../../ui/stack.tsx';
import { roleTitle } from '../../parts/role-badge.tsx';
import { DraftTitle } from './draft-title.tsx';
import { Growing } from './growing.tsx';
import { useSaveEdits, type DraftView } from '../../parts/use-draft.ts';
import styles from './draft.module.css';

const top = { href: '/draft', words: 'Change the plan' };

export function DraftRoles({ view }: { readonly view: DraftView }) {
  return (
    <Stack>
      <DraftTitle back={top}>Roles</DraftTitle>
      <Stack close>
        {view.plan.roles.map(({ id, title, holders }) => (
          <RowLink
            key={id}
            href={`/draft/role/${id}`}
            title={title}
            detail={holders.length === 0 ? 'nobody yet' : holders.map(({ name }) => name).join(', ')}
          />
        ))}
      </Stack>
    </Stack>
  );
}

export function DraftContacts({ view }: { readonly view: DraftView }) {
  return (
    <Stack>
      <DraftTitle back={top}>Contacts</DraftTitle>
      <ButtonLink icon="add" href="/draft/contact/new">
        Add a contact
      </ButtonLink>
      <Stack close>
        <Growing
          blocks={view.plan.contacts.map(({ id, name, position, verifiedAt }) => ({
            key: id,
            node: (
              <RowLink
                href={`/draft/contact/${id}`}
                title={name}
                detail={[position, verifiedAt === null ? 'never verified' : `verified ${verifiedAt}`]
                  .filter((each) => each !== undefined)
                  .join(' · ')}
              />
            ),
          }))}
        />
      </Stack>
    </Stack>
  );
}

/** The tasks of a phase, to be opened, moved and added to. */
export function DraftPhase({ view, phase: id }: { readonly view: DraftView; readonly phase: PhaseId }) {
  const phase = view.plan.phaseById.get(id);
  const saveEdits = useSaveEdits(view);
  if (phase === undefined) return <EmptyState title="The draft has no such phase." />;
  const tasks = view.plan.tasksByPhase.get(id) ?? [];
  const move = (task: Task, by: -1 | 1, to: number) => {
    const moved = moveTask(view.plan, task.id, by);
    const edits = moved.map((item) => ({ section: item.section, id: item.id, item }));
    void saveEdits(edits, `${task.id} is now number ${to + 1} of ${tasks.length}`);
  };
  return (
    <Stack>
      <DraftTitle back={top}>{phase.title}</DraftTitle>
      <ButtonLink icon="add" href={`/draft/new-task/${id}`}>
        Add a task
      </ButtonLink>
      <Stack close>
        <Growing
          blocks={tasks.map((task, place) => ({
            key: task.id,
            node: (
              <div className={styles.ordered}>
                <RowLink
                  href={`/draft/task/${task.id}`}
                  title={`${task.id} ${task.title}`}
                  detail={`${roleTitle(view.plan, task.owner)}, within ${planMinutes(task.target)}`}
                />
                <Button
                  fit
                  aria-label={`Up ${task.id}`}
                  disabled={place === 0}
                  onClick={() => move(task, -1, place - 1)}
                >
                  Up
                </Button>
                <Button
                  fit
                  aria-label={`Down ${task.id}`}
                  disabled={place === tasks.length - 1}
                  onClick={() => move(task, 1, place + 1)}
                >
                  Down
                </Button>
              </div>
            ),
          }))}
        />
      </Stack>
    </Stack>
  );
}
