import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useMemo, useRef } from 'react';
import type { TaskCode } from '../../domain/ids.ts';
import type { Millis } from '../../domain/time.ts';
import type { IncidentView } from '../../parts/incident.tsx';
import { vestOf } from '../../parts/role-badge.tsx';
import { TaskRow } from '../../parts/task-row.tsx';
import { windowWords } from '../../parts/time-words.ts';
import type { MarkDone } from '../../parts/use-mark-done.ts';
import { nameOf } from '../../parts/use-people.ts';
import type { ChecklistRow } from './checklist-rows.ts';
import styles from './checklist.module.css';

type TaskListProps = {
  readonly rows: readonly ChecklistRow[];
  readonly view: IncidentView;
  readonly now: Millis;
  readonly onDone: MarkDone | null;
  readonly opened: TaskCode | null;
};

/** Draws only the rows in sight: 2,400 of them must scroll on a slow phone. */
export function TaskList({ rows, view, now, onDone, opened }: TaskListProps) {
  const list = useRef<HTMLDivElement>(null);
  const scroller = useCallback(() => list.current?.closest<HTMLElement>('[data-scroller]') ?? null, []);
  // Once for all: each measured row makes the list look through the keys of all rows below it.
  const keys = useMemo(() => rows.map(keyOf), [rows]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: scroller,
    estimateSize: (place) => (rows[place]?.kind === 'phase' ? 48 : 88),
    getItemKey: useCallback((place: number) => keys[place] ?? place, [keys]),
    scrollMargin: list.current?.offsetTop ?? 0,
    overscan: 4,
    // Rows are put in their places without a rendering of the list, which each row that comes into sight would cause, and
    // rendered in a task of their own after the frame that scrolled: the rows beyond the edge last until then.
    directDomUpdates: true,
    directDomUpdatesMode: 'position',
    useFlushSync: false,
  });
  const { containerRef, measureElement } = virtual;
  const setList = useCallback(
    (element: HTMLDivElement | null) => {
      list.current = element;
      containerRef(element);
    },
    [containerRef],
  );
  useScrollToOpened(rows, opened, virtual.scrollToIndex);
  return (
    <div ref={setList} role="list" aria-label="Tasks" className={styles.list}>
      {virtual.getVirtualItems().map(({ index, key }) => {
        const row = rows[index];
        return row === undefined ? null : (
          <Place
            key={key}
            measure={measureElement}
            index={index}
            of={rows.length}
            row={row}
            view={view}
            now={now}
            onDone={onDone}
            isOpened={row.kind === 'task' && row.row.task.id === opened}
          />
        );
      })}
    </div>
  );
}

type ListRowProps = Pick<TaskListProps, 'view' | 'now' | 'onDone'> & {
  readonly row: ChecklistRow;
  readonly isOpened: boolean;
};

/** A row of the list, which is left as it is while others come into sight. */
const Place = memo(function Place({
  measure,
  index,
  of,
  ...shown
}: ListRowProps & {
  readonly measure: (element: HTMLDivElement | null) => void;
  readonly index: number;
  readonly of: number;
}) {
  return (
    <div
      ref={measure}
      data-index={index}
      role="listitem"
      aria-setsize={of}
      aria-posinset={index + 1}
      className={styles.place}
    >
      <ListRow {...shown} />
    </div>
  );
});

function ListRow({ row, view, now, onDone, isOpened }: ListRowProps) {
  if (row.kind === 'phase') {
    return (
      <div className={styles.phase}>
        <h2>
          {row.number} {row.phase.title}
        </h2>
        <span>
          {windowWords(row.phase.from, row.phase.to)} · {row.done} of {row.of}
        </span>
      </div>
    );
  }
  const { task, progress } = row.row;
  return (
    <TaskRow
      row={row.row}
      band={vestOf(view.plan, task.owner)}
      now={now}
      zone={view.incident.zone}
      byName={progress.by === null ? null : nameOf(view.people, progress.by)}
      onDone={onDone}
      opened={isOpened}
    />
  );
}

/** A task opened by a link is in sight in the list beside it; once, so that scrolling stays the reader's own. */
function useScrollToOpened(
  rows: readonly ChecklistRow[],
  opened: TaskCode | null,
  scrollTo: (place: number, options: { readonly align: 'auto' }) => void,
): void {
  const shown = useRef<TaskCode | null>(null);
  useEffect(() => {
    if (opened === null || shown.current === opened) return;
    const place = rows.findIndex((row) => row.kind === 'task' && row.row.task.id === opened);
    if (place < 0) return;
    shown.current = opened;
    scrollTo(place, { align: 'auto' });
  }, [rows, opened, scrollTo]);
}

function keyOf(row: ChecklistRow): string {
  return row.kind === 'phase' ? `phase ${row.phase.id}` : row.row.task.id;
}
