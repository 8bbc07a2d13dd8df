import { useEffect, useMemo, useState } from 'react';
import { cardZone } from '../../domain/card/card-source.ts';
import type { PlanHash } from '../../domain/ids.ts';
import type { Millis } from '../../domain/time.ts';
import { usePorts } from '../../parts/ports.tsx';
import { useSetting } from '../../parts/use-live.ts';
import { useNow } from '../../parts/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { Stack } from '../../ui/stack.tsx';
import { paperOf, paperSetting, type Paper } from './paper.ts';
import { Preview } from './preview.tsx';
import { firstChoice } from './print-choice.ts';
import { printDocuments } from './print-documents.tsx';
import { PrintOptions } from './print-options.tsx';
import { PrintMoment } from './print-moment.tsx';
import { useSheets } from './use-sheets.tsx';
import type { PrintSource } from './use-print-source.ts';
import styles from './print-desk.module.css';

/** Choose what and on which paper, see the sheets, print them. */
export function PrintDesk({
  source,
  records,
  mine,
  contactsFrom,
  granted,
  versions,
  onVersion,
}: PrintSource & { readonly onVersion: (version: PlanHash) => void }) {
  const { life } = usePorts();
  const [choice, setChoice] = useState(() => firstChoice(mine));
  const [paper, setPaper] = usePaper();
  const { snapshot, asOf, renew } = useSnapshot({ source, records, mine, contactsFrom, granted });
  // only the timeline changes with the clock alone: hundreds of cards are not set again for a minute that passed
  const picturedAt = choice.sheets.has('timeline') ? asOf : snapshot.takenAt;
  const documents = useMemo(() => {
    const incident = snapshot.source.incident?.incident;
    const exercise = incident?.mode === 'exercise' || life === 'look-around';
    return printDocuments(choice, { ...snapshot, exercise }, picturedAt, snapshot.mine, window.location.origin);
  }, [choice, snapshot, picturedAt, life]);
  const sheets = useSheets(documents, paper);
  const print = usePrint(sheets.ready, renew);
  const nothing = documents.length === 0;
  return (
    <PrintMoment at={asOf} zone={cardZone(snapshot.source)}>
      <div className={styles.desk} data-paper={paper}>
        <div className={styles.controls}>
          <Stack>
            <ScreenTitle>Print</ScreenTitle>
            <PrintOptions
              choice={choice}
              onChoice={setChoice}
              paper={paper}
              onPaper={setPaper}
              source={source}
              mine={mine}
              versions={versions}
              onVersion={onVersion}
            />
          </Stack>
        </div>
        {/* It scrolls by itself and holds nothing to press: without this no key reaches its lower pages. */}
        <div className={styles.preview} tabIndex={0}>
          <Preview laidOut={sheets.laidOut} paper={paper} ready={sheets.ready} />
        </div>
        <div className={styles.bar}>
          <p role="status" className={styles.state}>
            {stateWords(sheets, documents.length)}
          </p>
          <Button kind="primary" icon="print" disabled={nothing} onClick={print.ask}>
            {print.asked ? 'Prints when ready' : 'Print'}
          </Button>
        </div>
        {sheets.measurer}
      </div>
    </PrintMoment>
  );
}

function stateWords({ ready, pages, laidOut }: ReturnType<typeof useSheets>, documents: number): string {
  if (documents === 0) return 'Choose what to print.';
  if (!ready) return `Setting the pages: ${laidOut.length} of ${documents} done`;
  return `${pages} ${pages === 1 ? 'page' : 'pages'} ready`;
}

/** The chosen size, remembered on this device; what could not be remembered still counts until the screen is left. */
function usePaper(): readonly [Paper, (paper: Paper) => void] {
  const { device } = usePorts();
  const remembered = useSetting(paperSetting);
  const [chosen, setChosen] = useState<Paper | null>(null);
  const choose = (paper: Paper) => {
    setChosen(paper);
    void device.setSetting(paperSetting, paper);
  };
  return [chosen ?? paperOf(remembered ?? null, navigator.languages), choose];
}

type Known = Pick<PrintSource, 'source' | 'records' | 'mine' | 'contactsFrom' | 'granted'>;
type Snapshot = Known & { readonly takenAt: Millis };

/**
 * What is on the sheets is what was known at `asOf`: reports that keep coming must not set them again and again. `renew` takes in
 * what is new; another plan version is taken at once.
 */
function useSnapshot(known: Known): {
  readonly snapshot: Snapshot;
  readonly asOf: Millis;
  readonly renew: () => void;
} {
  const now = useNow();
  const [snapshot, setSnapshot] = useState<Snapshot>({ ...known, takenAt: now });
  const [asOf, setAsOf] = useState(now);
  const renew = () => {
    if (snapshot.source !== known.source) setSnapshot({ ...known, takenAt: now });
    setAsOf(now);
  };
  if (snapshot.source.hash !== known.source.hash) renew();
  return { snapshot, asOf, renew };
}

/** Prints once the sheets are ready; somebody who presses earlier need not press again. */
function usePrint(ready: boolean, renew: () => void): { readonly asked: boolean; readonly ask: () => void } {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!asked || !ready) return;
    setAsked(false);
    window.print();
  }, [asked, ready]);
  return {
    asked,
    ask: () => {
      renew();
      setAsked(true);
    },
  };
}
