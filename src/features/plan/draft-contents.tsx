import { ButtonLink } from '../../ui/button.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { RowList } from '../../ui/stack.tsx';
import type { DraftView } from '../../parts/use-draft.ts';
import styles from './plan.module.css';

/** What can be changed here, and how much was. */
export function DraftContents({ view }: { readonly view: DraftView }) {
  const { plan, changes, base } = view;
  return (
    <div className={styles.contents}>
      <ScreenTitle>Change the plan</ScreenTitle>
      <p>
        {changes.length === 0
          ? `The draft says what version ${base.version.number} says.`
          : `${changesWords(changes.length)} against version ${base.version.number}, not published yet.`}
      </p>
      <ButtonLink kind={changes.length === 0 ? 'secondary' : 'primary'} href="/draft/review">
        Review and publish
      </ButtonLink>
      <RowList label="Parts of the plan">
        <li>
          <RowLink
            href="/draft/header/plan"
            title="About this plan"
            detail="Title, organisation, command post, who declares"
          />
        </li>
        <li>
          <RowLink
            href="/draft/role"
            title="Roles"
            detail={`${plan.roles.length}: who holds them, how they are reached`}
          />
        </li>
        <li>
          <RowLink href="/draft/contact" title="Contacts" detail={`${plan.contacts.length}`} />
        </li>
        {plan.phases.map(({ id, title }, place) => (
          <li key={id}>
            <RowLink
              href={`/draft/phase/${id}`}
              title={`Phase ${place + 1}: ${title}`}
              detail={`${plan.tasksByPhase.get(id)?.length ?? 0} tasks`}
            />
          </li>
        ))}
        <li>
          <RowLink
            href="/import"
            title="From a document"
            detail="Word, Excel, a wiki page, pasted text: laid over the draft"
          />
        </li>
        <li>
          <RowLink href="/draft/file" title="Open a plan file" detail="Takes the place of the draft" />
        </li>
        <li>
          <RowLink href="/plan" icon="plan" title="Read the plan" />
        </li>
      </RowList>
    </div>
  );
}

export function changesWords(count: number): string {
  return count === 1 ? 'One change' : `${count} changes`;
}
