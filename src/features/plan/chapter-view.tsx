import { useEffect, useMemo, useRef, useState } from 'react';
import type { PlanSection } from '../../domain/plan/plan-item.ts';
import { usePeople } from '../../parts/use-people.ts';
import { BackLink } from '../../ui/back-link.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { blocksOf, type Chapter } from './chapters.tsx';
import { Growing } from './growing.tsx';
import { anchorOf, useReading } from './reading.tsx';
import styles from './plan.module.css';

/** One chapter, open at an item if the address names one. */
export function ChapterView({
  chapter,
  at,
}: {
  readonly chapter: Chapter;
  readonly at: { readonly section: PlanSection; readonly id: string } | null;
}) {
  const { plan, search } = useReading();
  const people = usePeople();
  const blocks = useMemo(() => blocksOf(plan, chapter, people), [plan, chapter, people]);
  const [grown, setGrown] = useState(0);
  const found = useOpenedItem(at, grown);
  return (
    <div className={styles.chapter} ref={found} data-opened>
      <BackLink href={`/plan${search}`} narrow>
        Contents
      </BackLink>
      <DetailTitle>{chapter.title}</DetailTitle>
      <Growing blocks={blocks} onGrown={setGrown} />
    </div>
  );
}

/** The title of what is opened: the screen's own on a phone, below the screen's beside a list. */
export function DetailTitle({ children }: { readonly children: React.ReactNode }) {
  const wide = useMedia('(min-width: 900px)');
  const Title = wide ? 'h2' : 'h1';
  return (
    <Title className={styles.title} tabIndex={-1}>
      {children}
    </Title>
  );
}

/** Brings the item that the address names into sight and focus as soon as it stands; once for each address. */
function useOpenedItem(
  at: { readonly section: PlanSection; readonly id: string } | null,
  grown: number,
): React.RefObject<HTMLDivElement | null> {
  const chapter = useRef<HTMLDivElement>(null);
  const reached = useRef<string | null>(null);
  const anchor = at === null ? null : anchorOf(at.section, at.id);
  useEffect(() => {
    if (anchor === null || reached.current === anchor) return undefined;
    const item = chapter.current?.querySelector<HTMLElement>(`[id="${CSS.escape(anchor)}"]`) ?? null;
    if (item === null) return undefined;
    // After the shell has put the focus on the title.
    const later = setTimeout(() => {
      reached.current = anchor;
      item.scrollIntoView({ block: 'start' });
      item.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(later);
  }, [anchor, grown]);
  return chapter;
}
