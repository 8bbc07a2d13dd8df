import type { JoinCode } from '../../domain/ports/server-api.ts';
import { normalJoinCode } from '../../domain/sync/codes.ts';
import { spokenCode } from '../../domain/sync/spoken-code.ts';
import { countdown } from '../../parts/countdown.ts';
import { keyed } from '../../parts/keyed.ts';
import { useNow } from '../../parts/use-now.ts';
import { Banner } from '../../ui/banner.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './people.module.css';

/** A code to be read out, letter by letter, while it lives. */
export function RadioSlip({ made }: { readonly made: JoinCode }) {
  const left = Date.parse(made.expiresAt) - useNow(1000);
  return left > 0 ? (
    <ReadOut made={made} left={left} />
  ) : (
    <Banner tone="late" icon="warning" title="The ten minutes are over.">
      The code lets nobody in any more. If they have not joined, make a new one.
    </Banner>
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
