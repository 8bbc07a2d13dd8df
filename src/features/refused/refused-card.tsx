import { capitalised } from '../../domain/sentence.ts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { unreachable } from '../../domain/result.ts';
import { aboutWords, detailWords, saysWords } from '../../domain/sync/change-words.ts';
import { mayHelpAgain, type RefusedAct } from '../../domain/sync/refused-acts.ts';
import { useIncidents, type IncidentView } from '../../parts/incident.tsx';
import { refusalWords } from '../../parts/refusal-words.ts';
import { whenWords } from '../../parts/time-words.ts';
import type { RecordWording } from '../../parts/use-wording.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { ActionRow } from '../../ui/stack.tsx';
import { CorrectionDialog } from './correction-dialog.tsx';
import { correctionOf, type Correction } from './correction.ts';
import { useSettling } from './use-settling.ts';

/** One thing the server did not take: what, when, why, and the ways on. */
export function RefusedCard({
  act,
  words,
  view,
}: {
  readonly act: RefusedAct;
  readonly words: RecordWording;
  readonly view: IncidentView | null;
}) {
  const { first } = act;
  const { giveUp, tryAgain, replaced } = useSettling(act);
  const [correcting, setCorrecting] = useState(false);
  const { known } = useIncidents();
  const correction = correctionOf(first, view, known);
  const { wording, elsewhere } = words;
  const detail = detailWords(first, wording);
  return (
    <Card>
      <div>
        <strong>{actWords(act, words)}</strong>
        {detail === null ? null : <p>{detail}</p>}
        <p>
          Saved {whenWords(first.wall, wording.zone, wording.now)}
          {act.changes.length > 1 ? ' with its line in the log' : ''}
          {elsewhere === null ? '' : ` in “${elsewhere}”`}. {refusalWords(first.reason)}
        </p>
      </div>
      <ActionRow broad>
        {correction === null ? null : <WayOn correction={correction} onCorrect={() => setCorrecting(true)} />}
        {mayHelpAgain(first.reason.code) ? <Button onClick={() => void tryAgain()}>Try again</Button> : null}
        <Button onClick={() => void giveUp()}>Give it up</Button>
      </ActionRow>
      {correcting && correction !== null && view !== null ? (
        <CorrectionDialog
          view={view}
          correction={correction}
          onSaved={() => void replaced()}
          onClose={() => setCorrecting(false)}
        />
      ) : null}
    </Card>
  );
}

function WayOn({ correction, onCorrect }: { readonly correction: Correction; readonly onCorrect: () => void }) {
  const { choose } = useIncidents();
  const [, goTo] = useLocation();
  switch (correction.way) {
    case 'go':
      return <ButtonLink href={correction.href}>{correction.label}</ButtonLink>;
    case 'incident':
      return (
        <Button
          onClick={() => {
            choose(correction.id);
            goTo('/incident');
          }}
        >
          Open the incident
        </Button>
      );
    case 'report':
    case 'log':
      return <Button onClick={onCorrect}>Correct it…</Button>;
    default:
      return unreachable(correction);
  }
}

/** `IT-07: done 14:02`. */
export function actWords({ first }: RefusedAct, { wording }: RecordWording): string {
  const about = aboutWords(first, wording);
  const says = saysWords({ ...first, at: first.wall }, wording);
  return `${capitalised(about)}: ${says}`;
}
