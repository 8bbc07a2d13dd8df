import type { PlanHash } from '../../domain/ids.ts';
import { usePeople } from '../../parts/use-people.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { shortHash } from '../../parts/version-name.ts';
import { Card } from '../../ui/card.tsx';
import { BackLink } from '../../ui/back-link.tsx';
import { DetailTitle } from './chapter-view.tsx';
import { BringBack } from './draft-note.tsx';
import { useReading } from './reading.tsx';
import { VersionActions } from './version-actions.tsx';
import { VersionLine } from './version-line.tsx';
import styles from './plan.module.css';

/** Every version that this device holds, the current one first. */
export function VersionsChapter({
  versions,
  worked,
  coordinates,
}: {
  readonly versions: readonly HeldVersion[];
  readonly worked: PlanHash | null;
  readonly coordinates: boolean;
}) {
  const { search } = useReading();
  const people = usePeople();
  return (
    <div className={styles.chapter} data-opened>
      <BackLink href={`/plan${search}`} narrow>
        Contents
      </BackLink>
      <DetailTitle>Versions</DetailTitle>
      {versions.map((held, place) => (
        <Card key={held.hash} label={`Version ${held.version.number}, ${shortHash(held.hash)}`}>
          <div className={styles.version}>
            <VersionLine held={held} people={people} />
            {place === 0 ? <p>The current version: the next incident works it.</p> : null}
            {held.hash === worked ? <p>The open incident works this version.</p> : null}
          </div>
          <VersionActions held={held}>
            {coordinates && place > 0 ? <BringBack base={versions[0] ?? null} version={held} /> : null}
          </VersionActions>
        </Card>
      ))}
    </div>
  );
}
