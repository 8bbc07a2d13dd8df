import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { LabelledLine } from '../../domain/import/meaning.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { classNames } from '../../ui/class-names.ts';
import { meaningWords } from './import-words.ts';
import styles from './plan-import.module.css';

type Which = 'all' | 'guessed' | 'unused';

type DocumentLinesProps = {
  readonly lines: readonly LabelledLine[];
  /** The line to be brought into sight; a new object for each wish. */
  readonly sought: { readonly line: number } | null;
  readonly onLine: (number: number) => void;
};

/** The document line by line, each with what it was taken for; only the lines in sight are drawn. */
export function DocumentLines({ lines, sought, onLine }: DocumentLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [which, setWhich] = useState<Which>('all');
  const [seen, setSeen] = useState(sought);
  // a wish to see a line is one to see it among all
  if (sought !== seen) {
    setSeen(sought);
    setWhich('all');
  }
  const counts = useMemo(
    () => ({
      guessed: lines.filter(({ guessed }) => guessed).length,
      unused: lines.filter(({ meaning }) => meaning === 'unused').length,
    }),
    [lines],
  );
  const shown = useMemo(
    () =>
      lines.filter(({ guessed, meaning }) => which === 'all' || (which === 'guessed' ? guessed : meaning === 'unused')),
    [lines, which],
  );
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 72,
    overscan: 6,
  });
  useEffect(() => {
    if (sought === null || which !== 'all') return undefined;
    const place = lines.findIndex(({ line }) => line.number === sought.line);
    if (place < 0) return undefined;
    virtual.scrollToIndex(place, { align: 'center' });
    // drawn only once it is in sight
    const timer = setTimeout(() => scroller.current?.querySelector<HTMLElement>('[aria-current]')?.focus(), 100);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- once for each wish
  }, [sought, which]);
  return (
    <section className={styles.document} aria-label="Document">
      <FilterChips<Which>
        label="Which lines"
        value={which}
        onValue={(chosen) => {
          setWhich(chosen);
          virtual.scrollToOffset(0);
        }}
        chips={[
          { value: 'all', label: 'All lines' },
          { value: 'guessed', label: 'Guessed', count: counts.guessed },
          { value: 'unused', label: 'Not used', count: counts.unused },
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState title={which === 'guessed' ? 'No line was guessed.' : 'Every line was used.'} />
      ) : (
        <div ref={scroller} className={styles.lines}>
          <div
            role="list"
            aria-label="Lines of the document"
            className={styles.all}
            ref={(element) => element?.style.setProperty('--height', `${virtual.getTotalSize()}px`)}
          >
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const labelled = shown[index];
              return labelled === undefined ? null : (
                <div
                  key={key}
                  role="listitem"
                  aria-setsize={shown.length}
                  aria-posinset={index + 1}
                  data-index={index}
                  className={styles.place}
                  ref={(element) => {
                    element?.style.setProperty('--start', `${start}px`);
                    virtual.measureElement(element);
                  }}
                >
                  <Line labelled={labelled} isSought={labelled.line.number === sought?.line} onLine={onLine} />
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}

function Line({
  labelled: { line, meaning, guessed },
  isSought,
  onLine,
}: {
  readonly labelled: LabelledLine;
  readonly isSought: boolean;
  readonly onLine: (number: number) => void;
}) {
  const text = line.form === 'row' ? line.cells.filter((cell) => cell !== '').join(' · ') : line.text;
  return (
    <button
      type="button"
      className={classNames(styles.line, meaning === 'unused' && styles.unused, isSought && styles.sought)}
      aria-current={isSought ? 'true' : undefined}
      data-level={line.form === 'item' ? Math.min(line.level, 3) : 0}
      onClick={() => onLine(line.number)}
    >
      <span className={styles.text} data-form={line.form}>
        {line.label === null ? null : <span className={styles.label}>{line.label} </span>}
        {text}
      </span>
      <span className={styles.meaning}>
        {meaningWords[meaning]}
        {guessed ? ' · guessed' : ''}
      </span>
    </button>
  );
}
