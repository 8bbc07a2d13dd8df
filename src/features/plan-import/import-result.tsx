import { useEffect, useRef, useState } from 'react';
import { noCorrections } from '../../domain/import/correct.ts';
import { counted } from '../../parts/amount-words.ts';
import type { DraftView } from '../../parts/use-draft.ts';
import type { Me } from '../../parts/use-me.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { FilterChips } from '../../ui/filter-chips.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { AcceptImport } from './accept-import.tsx';
import { DocumentLines } from './document-lines.tsx';
import type { Understanding } from './import-messages.ts';
import { MeaningDialog } from './meaning-dialog.tsx';
import { guessesIn, UnderstoodLists } from './understood-lists.tsx';
import type { Import } from './use-import.ts';
import styles from './plan-import.module.css';

type ImportResultProps = {
  readonly reading: Import;
  readonly understanding: Understanding;
  readonly me: Me;
  /** Null where there is no plan yet. */
  readonly draft: DraftView | null;
};

type Side = 'understood' | 'document';

/** What was understood, beside the document that it came from; side by side where there is room. */
export function ImportResult({ reading, understanding, me, draft }: ImportResultProps) {
  const wide = useMedia('(min-width: 900px)');
  const [side, setSide] = useState<Side>('understood');
  const [sought, setSought] = useState<{ readonly line: number } | null>(null);
  const [asked, setAsked] = useState<number | null>(null);
  const { lines, plan } = understanding;
  const used = lines.length - plan.unused.length;
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => head.current?.focus(), []);
  const guesses = guessesIn(plan) + lines.filter(({ guessed }) => guessed).length;
  const seek = (line: number) => {
    setSought({ line });
    setSide('document');
  };
  return (
    <div className={styles.result}>
      <div ref={head} tabIndex={-1} className={styles.head}>
        <ScreenTitle>Plan from a document</ScreenTitle>
        <p role="status">
          {used.toLocaleString('en')} of {counted(lines.length, 'line')} used
          {guesses === 0 ? '.' : `, ${counted(guesses, 'guess', 'guesses')} to look at.`} Press a line of the document
          to say what it is. Nothing is in a plan yet.
        </p>
        {wide ? null : (
          <FilterChips<Side>
            label="What is shown"
            value={side}
            onValue={setSide}
            chips={[
              { value: 'understood', label: 'Understood' },
              { value: 'document', label: 'Document', count: lines.length },
            ]}
          />
        )}
      </div>
      <div className={classNames(wide && styles.both)}>
        {wide || side === 'document' ? <DocumentLines lines={lines} sought={sought} onLine={setAsked} /> : null}
        {wide || side === 'understood' ? (
          <section className={styles.understood} aria-label="Understood">
            <UnderstoodLists plan={plan} onLine={seek} />
            <AcceptImport
              key={`${reading.corrections.lines.size} ${reading.corrections.tables.size}`}
              reading={reading}
              plan={plan}
              me={me}
              draft={draft}
            />
            <ReadAnother corrected={reading.corrections !== noCorrections} onLeave={reading.cancel} />
          </section>
        ) : null}
      </div>
      {asked === null ? null : (
        <MeaningDialog
          understanding={understanding}
          corrections={reading.corrections}
          number={asked}
          onCorrected={(corrections) => {
            setAsked(null);
            reading.correct(corrections);
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** Asks first where corrections would be lost. */
function ReadAnother({ corrected, onLeave }: { readonly corrected: boolean; readonly onLeave: () => void }) {
  const [asking, setAsking] = useState(false);
  if (!asking)
    return (
      <Button kind="quiet" onClick={() => (corrected ? setAsking(true) : onLeave())}>
        Read another document
      </Button>
    );
  return (
    <Banner tone="late" icon="warning" title="What you corrected here would be lost.">
      <ActionRow broad>
        <Button onClick={() => setAsking(false)}>Stay</Button>
        <Button onClick={onLeave}>Read another document</Button>
      </ActionRow>
    </Banner>
  );
}
