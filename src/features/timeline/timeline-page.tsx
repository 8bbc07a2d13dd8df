import { useMemo } from 'react';
import { timelineOf } from '../../domain/incident/timeline.ts';
import { timelineHeadline, type TimelineClock } from '../../domain/incident/timeline-words.ts';
import { millis } from '../../domain/time.ts';
import { FittedTimelinePicture } from '../../parts/timeline-picture.tsx';
import { zoneName } from '../../parts/time-words.ts';
import { unbroken } from '../../parts/unbroken.ts';
import { useNow } from '../../parts/use-now.ts';
import { WithPlan, type PlanInSight } from '../../parts/with-plan.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ScreenTitle } from '../../ui/heading.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { TimelineInWords } from './timeline-in-words.tsx';
import styles from './timeline.module.css';

/** How the recovery goes against its plan: a sentence, a picture, and the same in words. */
export function TimelinePage() {
  return (
    <WithPlan
      title="Timeline"
      appears="The phases of the plan appear here on a time axis, and beside them how they really went."
    >
      {(sight) => <TimelineOf sight={sight} />}
    </WithPlan>
  );
}

function TimelineOf({ sight: { plan, view } }: { readonly sight: PlanInSight }) {
  const now = useNow();
  const wall = useMedia('(min-width: 1600px)');
  const records = view?.records ?? null;
  const incident = view?.incident ?? null;
  const timeline = useMemo(() => timelineOf(plan, records, now), [plan, records, now]);
  const clock = useMemo<TimelineClock>(
    () => (incident === null ? null : { startedAt: millis(incident.startedAt), zone: incident.zone, now }),
    [incident, now],
  );
  const headline = timelineHeadline(timeline, clock);
  const aside = clock === null ? 'Hours from activation' : `Times in ${zoneName(clock.zone, now)}`;
  return (
    <div className={styles.page}>
      <ScreenTitle aside={aside}>Timeline</ScreenTitle>
      {plan.phases.length === 0 ? (
        <EmptyState title="This copy of the plan has no phases.">
          What you may see of the plan appears here; ask the coordinator for the rest.
        </EmptyState>
      ) : (
        <>
          <p className={styles.headline}>{unbroken(headline)}.</p>
          {timeline.scale.cut ? (
            <Banner tone="note">
              The picture ends before now: the incident is open much longer than the plan takes.
            </Banner>
          ) : null}
          <div className={styles.picture}>
            <FittedTimelinePicture timeline={timeline} clock={clock} whole={wall} />
          </div>
          <TimelineInWords timeline={timeline} clock={clock} />
        </>
      )}
    </div>
  );
}
