import type { MilestoneRun, PhaseRun, Timeline } from '../../domain/incident/timeline.ts';
import {
  milestoneWords,
  phaseWords,
  type StandWords,
  type TimelineClock,
} from '../../domain/incident/timeline-words.ts';
import { windowWords } from '../../domain/incident/time-span.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { GroupTitle } from '../../ui/heading.tsx';
import { LateMark } from '../../ui/late-mark.tsx';
import { RowLink } from '../../ui/row-link.tsx';
import { Stack } from '../../ui/stack.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './timeline.module.css';

type InWordsProps = { readonly timeline: Timeline; readonly clock: TimelineClock };

/** The picture's text equivalent: every phase and milestone in a sentence. */
export function TimelineInWords({ timeline, clock }: InWordsProps) {
  const worked = timeline.state !== 'planned';
  return (
    <div className={styles.words}>
      {timeline.milestones.length === 0 ? null : (
        <Stack close>
          <GroupTitle aside={worked ? reachedWords(timeline.milestones) : `${timeline.milestones.length}`}>
            Milestones
          </GroupTitle>
          <ul role="list" className={styles.panel} aria-label="Milestones">
            {timeline.milestones.map((each) => (
              <MilestoneLine key={each.milestone.id} run={each} clock={clock} />
            ))}
          </ul>
        </Stack>
      )}
      <Stack close>
        <GroupTitle>Phases</GroupTitle>
        <ul role="list" className={styles.panel} aria-label="Phases">
          {timeline.phases.map((run) => (
            <PhaseLine key={run.phase.id} run={run} clock={clock} />
          ))}
        </ul>
        {worked ? <ButtonLink href="/checklist">Open the checklist</ButtonLink> : null}
      </Stack>
    </div>
  );
}

function MilestoneLine({ run, clock }: { readonly run: MilestoneRun; readonly clock: TimelineClock }) {
  return (
    <li className={styles.milestone}>
      <span className={classNames(styles.diamond, styles[run.state])} aria-hidden="true" />
      <span>
        {run.milestone.title}
        {', '}
        <Stands words={milestoneWords(run, clock)} />
      </span>
    </li>
  );
}

function PhaseLine({ run, clock }: { readonly run: PhaseRun; readonly clock: TimelineClock }) {
  return (
    <li className={styles.phase}>
      <p>
        <strong>{run.phase.title}</strong>{' '}
        <span className={styles.quiet}>{windowWords(run.phase.from, run.phase.to)}</span>
      </p>
      <p>
        <Stands words={phaseWords(run, clock)} />
      </p>
      {run.latest === null ? null : <RowLink href={`/checklist/${run.latest}`} title={`Most overdue: ${run.latest}`} />}
    </li>
  );
}

function Stands({ words: { state, slip, late } }: { readonly words: StandWords }) {
  return (
    <>
      <span className={styles.quiet}>
        {state}
        {slip === null ? null : ', '}
      </span>
      {slip === null ? null : late ? <LateMark>{slip}</LateMark> : <span className={styles.quiet}>{slip}</span>}
    </>
  );
}

function reachedWords(milestones: readonly MilestoneRun[]): string {
  return `${milestones.filter(({ state }) => state === 'reached').length} of ${milestones.length} reached`;
}
