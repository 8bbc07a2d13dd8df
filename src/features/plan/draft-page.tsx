import { useParams } from 'wouter';
import type { PhaseId, RoleId, TaskCode } from '../../domain/ids.ts';
import { useUnfinished } from '../../parts/unfinished.tsx';
import { useMe, type Me } from '../../parts/use-me.ts';
import { usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { later } from '../../ui/later.tsx';
import { Page } from '../../ui/page.tsx';
import { Stack } from '../../ui/stack.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { ContactForm, newContact } from './contact-form.tsx';
import { DraftContents } from './draft-contents.tsx';
import { DraftContacts, DraftPhase, DraftRoles } from './draft-lists.tsx';
import { DraftTitle } from './draft-title.tsx';
import { HeaderForm } from './header-form.tsx';
import { NoPlan } from './no-plan.tsx';
import { Review } from './review.tsx';
import { RoleForm } from './role-form.tsx';
import { newTask, TaskForm } from './task-form.tsx';
import { useDraft, type DraftView } from '../../parts/use-draft.ts';

const FileIntoDraft = later(async () => (await import('./open-plan-file.tsx')).FileIntoDraft);

const title = 'Change the plan';

/** Where coordinators make the plan their own and publish it. */
export function DraftPage() {
  const versions = usePlanVersions();
  const me = useMe();
  const base = versions?.[0] ?? null;
  const view = useDraft(base);
  const { ready } = useUnfinished();
  if (versions === undefined || me === undefined || !ready) return null;
  if (me === null || me.access !== 'coordinator') {
    return (
      <Page title={title}>
        <EmptyState
          title="Only coordinators change the plan."
          action={<ButtonLink href="/plan">Read the plan</ButtonLink>}
        >
          Tell a coordinator what should be different, or write it in the log as a note.
        </EmptyState>
      </Page>
    );
  }
  if (base === null) {
    return (
      <Page title={title}>
        <NoPlan />
      </Page>
    );
  }
  return view === undefined ? null : <Draft view={view} versions={versions} me={me} />;
}

type DraftProps = { readonly view: DraftView; readonly versions: readonly HeldVersion[]; readonly me: Me };

function Draft({ view, versions, me }: DraftProps) {
  const { section, item } = useParams<{ section?: string; item?: string }>();
  return (
    <TwoPanes
      detailLabel="Part of the draft"
      list={<DraftContents view={view} />}
      detail={
        section === undefined ? null : (
          <Opened
            key={`${section}/${item ?? ''}`}
            view={view}
            versions={versions}
            me={me}
            section={section}
            item={item ?? null}
          />
        )
      }
      hint={<p>Open a part to change it. Nobody else sees the draft but coordinators, until you publish it.</p>}
    />
  );
}

function Opened({
  view,
  versions,
  me,
  section,
  item,
}: DraftProps & { readonly section: string; readonly item: string | null }) {
  const { plan } = view;
  switch (section) {
    case 'review':
      return <Review view={view} versions={versions} me={me} />;
    case 'file':
      return (
        <Stack>
          <DraftTitle back={{ href: '/draft', words: 'Change the plan' }}>Open a plan file</DraftTitle>
          <FileIntoDraft view={view} />
        </Stack>
      );
    case 'header':
      return plan.header === null ? <NotThere /> : <HeaderForm view={view} header={plan.header} />;
    case 'role': {
      if (item === null) return <DraftRoles view={view} />;
      const role = plan.roleById.get(item as RoleId);
      return role === undefined ? <NotThere /> : <RoleForm view={view} role={role} />;
    }
    case 'contact': {
      if (item === null) return <DraftContacts view={view} />;
      if (item === 'new') return <ContactForm view={view} contact={newContact(view)} isNew />;
      const contact = plan.contacts.find(({ id }) => id === item);
      return contact === undefined ? <NotThere /> : <ContactForm view={view} contact={contact} isNew={false} />;
    }
    case 'phase':
      return <DraftPhase view={view} phase={item as PhaseId} />;
    case 'new-task':
      return <TaskForm view={view} task={newTask(view, item as PhaseId)} isNew />;
    case 'task': {
      const task = plan.taskByCode.get(item as TaskCode);
      return task === undefined ? <NotThere /> : <TaskForm view={view} task={task} isNew={false} />;
    }
    default:
      return <NotThere />;
  }
}

function NotThere() {
  return (
    <EmptyState title="The draft has no such part." action={<ButtonLink href="/draft">Change the plan</ButtonLink>}>
      It may have been removed meanwhile.
    </EmptyState>
  );
}
