import { useCallback, useEffect, useRef, useState } from 'react';
import { Measurer } from './measurer.tsx';
import type { PaperDocument } from './paper-document.ts';
import type { Paper } from './paper.ts';
import type { LaidOut } from './sheet.tsx';

type Sheets = {
  readonly laidOut: readonly LaidOut[];
  readonly ready: boolean;
  readonly pages: number;
  /** Sets out one document after the other; stands somewhere on the screen while there are any left. */
  readonly measurer: React.ReactNode;
};

/**
 * Shares documents out to pages, one in each turn of the event loop, so that the phone answers between them. Begins again when
 * documents or paper change; leaving the screen ends it.
 */
export function useSheets(documents: readonly PaperDocument[], paper: Paper): Sheets {
  const [work, setWork] = useState<Work>({ round: 0, documents, paper, done: [] });
  const current = work.documents === documents && work.paper === paper;
  if (!current) setWork({ round: work.round + 1, documents, paper, done: [] });
  const done = current ? work.done : none;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onLaidOut = useCallback((laidOut: LaidOut) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setWork((before) => (isNext(before, laidOut) ? { ...before, done: [...before.done, laidOut] } : before));
    }, 0);
  }, []);
  const next = documents[done.length];
  return {
    laidOut: done,
    ready: next === undefined,
    pages: done.reduce((sum, { pages }) => sum + pages.length, 0),
    measurer:
      next === undefined ? null : (
        <Measurer key={`${work.round} ${next.key}`} document={next} paper={paper} onLaidOut={onLaidOut} />
      ),
  };
}

type Work = {
  /** Counts beginnings: a document measured for an earlier one is measured anew. */
  readonly round: number;
  readonly documents: readonly PaperDocument[];
  readonly paper: Paper;
  readonly done: readonly LaidOut[];
};

const none: readonly LaidOut[] = [];

/** An answer about documents that are no longer wanted is dropped. */
function isNext({ documents, done }: Work, { document }: LaidOut): boolean {
  return documents[done.length] === document;
}
