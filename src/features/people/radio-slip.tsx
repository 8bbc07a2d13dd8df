import type { JoinCode } from '../../domain/ports/server-api.ts';
import { normalJoinCode } from '../../domain/sync/codes.ts';
import { spokenCode } from '../../domain/sync/spoken-code.ts';
import { minute } from '../../domain/time.ts';
import { keyed } from '../../parts/keyed.ts';
import { useNow } from '../../parts/use-now.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import type { Invitation } from './invite-form.tsx';
import { Pane } from './pane.tsx';
import styles from './people.module.css';

type RadioSlipProps = {
  readonly made: JoinCode;
  readonly invitation: Invitation;
  readonly onNext: () => void;
};

/** A code to be read out, letter by letter, while it lives. */
export function RadioSlip({ made, invitation, onNext }: RadioSlipProps) {
  const left = Date.parse(made.expiresAt) - useNow(1000);
  return (
    <Pane title={`Radio code for ${invitation.name}`}>
      {left > 0 ? <ReadOut made={made} left={left} /> : null}
      {left > 0 ? null : (
        <Banner tone="late" icon="warning" title="The ten minutes are over.">
          The code lets nobody in any more. If they have not joined, make a new one.
        </Banner>
      )}
      <Button onClick={onNext}>{left > 0 ? 'Invite another person' : 'Make a new code'}</Button>
      <ButtonLink kind="quiet" href="/people/invites">
        Was it used? Look at the invites
      </ButtonLink>
    </Pane>
  );
}

function ReadOut({ made, left }: { readonly made: JoinCode; readonly left: number }) {
  const groups = made.code.split('-');
  const spoken = spokenCode(normalJoinCode(made.code) ?? '');
  return (
    <Card label="Radio code">
      <p>Say: “Open Holdfast, press Join with a code.” Then read each group, and let it be read back.</p>
      <ol role="list" className={styles.spoken}>
        {keyed(groups, (group) => group).map(({ key, member: group }, place) => (
          <li key={key}>
            <strong className={styles.code}>{group}</strong>
            <span>{spoken[place]?.join(' · ')}</span>
          </li>
        ))}
      </ol>
      <p role="timer" className={styles.countdown}>
        <strong>{countdown(left)} left.</strong> It works once; five wrong tries end it.
      </p>
    </Card>
  );
}

function countdown(left: number): string {
  const seconds = Math.floor((left % minute) / 1000);
  return `${String(Math.floor(left / minute))}:${String(seconds).padStart(2, '0')}`;
}
