import { useState } from 'react';
import type { Instant, PersonId } from '../domain/ids.ts';
import type { Millis } from '../domain/time.ts';
import { instant, millis, minute } from '../domain/time.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import type { IncidentView } from './incident.tsx';
import { fromLocalInput, fullTime, localInput, zoneName } from './time-words.ts';
import { WhenField } from './when-field.tsx';
import styles from './reporter.module.css';

/** Who says that it happened, when it happened, and how that reached the one who types it (ICS-214). */
export type Reported = {
  readonly at: Instant;
  readonly by: PersonId | null;
  readonly transcribedBy: PersonId | null;
  readonly medium: string;
  /** Name of somebody who has no record here; goes into the text. */
  readonly unlisted: string | null;
};

export type ReporterState = {
  readonly when: string;
  readonly who: string;
  readonly name: string;
  readonly medium: string;
};

const myself = 'myself';
const unlisted = 'unlisted';

export function useReporter(view: IncidentView, now: Millis, at: Millis = now) {
  const { zone } = view.incident;
  const [state, setState] = useState<ReporterState>(() => ({
    when: localInput(at, zone),
    who: myself,
    name: '',
    medium: 'app',
  }));
  const [untouchedWhen] = useState(state.when);
  return {
    now,
    state,
    change: (part: Partial<ReporterState>) => setState((before) => ({ ...before, ...part })),
    /** A sentence where the fields can't be taken as they are. */
    fault: whenFault(state.when, zone, now),
    /** A time that was left alone keeps its seconds. */
    read: (): Reported => {
      const typed = state.when === untouchedWhen ? null : fromLocalInput(state.when, zone);
      const when = typed ?? instant(at);
      if (state.who === myself)
        return { at: when, by: view.me.person, transcribedBy: null, medium: 'app', unlisted: null };
      const by = state.who === unlisted ? null : (state.who as PersonId);
      return {
        at: when,
        by,
        transcribedBy: view.me.person,
        medium: state.medium,
        unlisted: by === null ? state.name.trim() || null : null,
      };
    },
  };
}

/** The fields of a report that didn't happen here and now. Closed at first: most reports do. */
export function ReporterFields({
  view,
  reporter,
  open = false,
}: {
  readonly view: IncidentView;
  readonly reporter: ReturnType<typeof useReporter>;
  readonly open?: boolean;
}) {
  const { state, change, fault } = reporter;
  const { zone } = view.incident;
  const others = [...view.people]
    .filter(([person]) => person !== view.me.person)
    .sort(([, a], [, b]) => (a.name < b.name ? -1 : 1));
  return (
    <details className={styles.more} open={open || fault !== null}>
      <summary className={styles.summary}>Happened earlier, or reported by somebody else?</summary>
      <div className={styles.fields}>
        <WhenField
          label={`When it happened (${zoneName(zone, millis(view.incident.startedAt))})`}
          days="past"
          zone={zone}
          now={reporter.now}
          value={state.when}
          fault={fault}
          onValue={(when) => change({ when })}
        />
        <SelectField
          label="Who reported it"
          value={state.who}
          options={[
            { value: myself, label: 'I did' },
            ...others.map(([person, { name }]) => ({ value: person as string, label: name })),
            { value: unlisted, label: 'Somebody not in this list' },
          ]}
          onValue={(who) =>
            change({ who, medium: who === myself ? 'app' : state.medium === 'app' ? 'radio' : state.medium })
          }
        />
        {state.who === unlisted ? (
          <TextField label="Their name" value={state.name} maxLength={100} onValue={(name) => change({ name })} />
        ) : null}
        {state.who === myself ? null : (
          <SelectField
            label="How it reached you"
            value={state.medium}
            options={[
              { value: 'radio', label: 'By radio' },
              { value: 'phone', label: 'By phone' },
              { value: 'paper', label: 'On paper' },
            ]}
            onValue={(medium) => change({ medium })}
          />
        )}
      </div>
    </details>
  );
}

function whenFault(when: string, zone: string, now: Millis): string | null {
  const at = fromLocalInput(when, zone);
  if (at === null) return 'Give the time, like 1412.';
  return millis(at) > now + minute ? `That is still to come: it is now ${fullTime(now, zone)}.` : null;
}
