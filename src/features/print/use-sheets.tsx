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
 * Shares documents out to pages, one after the other. Measuring a document and showing its sheets are turns of the event loop
 * of their own, so that the phone answers between them. Begins again when documents or paper change; leaving the screen ends it.
 */
export function useSheets(documents: readonly PaperDocument[], paper: Paper): Sheets {
  const [work, setWork] = useState<Work>({ round: 0, documents, paper, done: [], resting: false });
  const current = work.documents === documents && work.paper === paper;
  if (!current) setWork({ round: work.round + 1, documents, paper, done: [], resting: false });
  const done = current ? work.done : none;
  const resting = current && work.resting;
  const onLaidOut = useLater((laidOut: LaidOut) => {
    setWork((before) =>
      isNext(before, laidOut) ? { ...before, done: [...before.done, laidOut], resting: true } : before,
    );
  });
  const onRested = useLater(() => setWork((before) => ({ ...before, resting: false })));
  useEffect(() => {
    if (resting) onRested();
  }, [resting, onRested]);
  const next = documents[done.length];
  return {
    laidOut: done,
    ready: next === undefined,
    pages: done.reduce((sum, { pages }) => sum + pages.length, 0),
    measurer:
      next === undefined || resting ? null : (
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
  /** The newest sheets have just been shown; the next document is measured in another turn. */
  readonly resting: boolean;
};

/** `act` in a turn of its own; only the last call counts, and none once the screen was left. */
function useLater<Args extends readonly unknown[]>(act: (...args: Args) => void): (...args: Args) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback((...args: Args) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(...args), 0);
  }, []);
}

const none: readonly LaidOut[] = [];

/** An answer about documents that are no longer wanted is dropped. */
function isNext({ documents, done }: Work, { document }: LaidOut): boolean {
  return documents[done.length] === document;
}
