import { useCallback, useEffect, useRef, useState } from 'react';
import { noCorrections, type Corrections } from '../../domain/import/correct.ts';
import type { ImportPlace } from '../../domain/import/plan-items-from.ts';
import { scriptAddress } from '../../parts/script-address.ts';
import type { ImportReply, ImportRequest, MadeItems, Understanding } from './import-messages.ts';
// oxlint-disable-next-line import/default -- an address that Vite makes
import workerAddress from './import-worker.ts?worker&url';
import type { DocumentFault, GivenDocument } from './read-document.ts';

export type ImportState =
  | { readonly tag: 'none' }
  /** `lines` is null until they are counted. */
  | { readonly tag: 'working'; readonly lines: number | null }
  | { readonly tag: 'fault'; readonly fault: DocumentFault | 'stopped' }
  | { readonly tag: 'understood'; readonly understanding: Understanding };

export type Import = {
  readonly state: ImportState;
  readonly corrections: Corrections;
  readonly read: (given: GivenDocument) => void;
  /** Ends what is under way; nothing of it is kept. */
  readonly cancel: () => void;
  readonly correct: (corrections: Corrections) => void;
  /** The items that it would make, laid over the plan as it is. */
  readonly items: (place: ImportPlace) => Promise<MadeItems>;
};

/** One document in a worker of its own, from its reading until the page is left. */
export function useImport(): Import {
  const [state, setState] = useState<ImportState>({ tag: 'none' });
  const [corrections, setCorrections] = useState<Corrections>(noCorrections);
  const worker = useRef<Worker | null>(null);
  const waiting = useRef<((made: MadeItems) => void) | null>(null);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);
  const say = (request: ImportRequest) => worker.current?.postMessage(request);

  const read = (given: GivenDocument) => {
    end();
    setCorrections(noCorrections);
    setState({ tag: 'working', lines: null });
    const made = new Worker(scriptAddress(workerAddress), { type: 'module' });
    worker.current = made;
    // a worker that can't be loaded, or one that a document was too much for
    made.addEventListener('error', () => {
      end();
      setState({ tag: 'fault', fault: 'stopped' });
    });
    made.addEventListener('message', ({ data }: MessageEvent<ImportReply>) => {
      if (data.tag === 'items') waiting.current?.(data);
      else if (data.tag === 'stage') setState({ tag: 'working', lines: data.lines });
      else setState(data);
    });
    say({ tag: 'read', given });
  };
  return {
    state,
    corrections,
    read,
    cancel: () => {
      end();
      setState({ tag: 'none' });
    },
    correct: (wanted) => {
      setCorrections(wanted);
      say({ tag: 'correct', corrections: wanted });
    },
    items: (place) =>
      new Promise((resolve) => {
        waiting.current = resolve;
        say({ tag: 'items', place });
      }),
  };
}
