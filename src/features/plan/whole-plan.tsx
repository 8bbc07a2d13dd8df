import { useMemo, useState } from 'react';
import { usePeople } from '../../parts/use-people.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { Button } from '../../ui/button.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { blocksOf, chapterPlace, chaptersOf } from './chapters.tsx';
import { Growing } from './growing.tsx';
import { useReading } from './reading.tsx';
import { VersionLine } from './version-line.tsx';
import pageStyles from './whole-plan.module.css';
import styles from './plan.module.css';

/** The whole document, every chapter open, for paper. */
export function WholePlan({ held }: { readonly held: HeldVersion }) {
  const { plan, search } = useReading();
  const people = usePeople();
  const [grown, setGrown] = useState(0);
  const blocks = useMemo(
    () =>
      chaptersOf(plan).flatMap((chapter) => [
        {
          key: `title ${chapterPlace(chapter).join('/')}`,
          node: <h2 className={styles.wholeTitle}>{chapter.title}</h2>,
        },
        ...blocksOf(plan, chapter, people).map(({ key, node }) => ({ key: `${chapter.title} ${key}`, node })),
      ]),
    [plan, people],
  );
  const ready = grown >= blocks.length;
  return (
    <div className={pageStyles.page}>
      <div className={styles.whole}>
        <BackLink href={`/plan${search}`}>Contents</BackLink>
        <div className={pageStyles.action}>
          <Button kind="primary" disabled={!ready} onClick={() => window.print()}>
            {ready ? 'Print' : `Getting ready: ${Math.round((100 * grown) / blocks.length)} %`}
          </Button>
        </div>
        <h1 tabIndex={-1}>{plan.header?.title ?? 'Plan'}</h1>
        <div className={styles.version}>
          {plan.header === null ? null : <p>{plan.header.organisation}</p>}
          <VersionLine held={held} people={people} />
        </div>
        <Growing key={held.hash} blocks={blocks} onGrown={setGrown} />
      </div>
    </div>
  );
}
