import type { PlanHash } from '../../domain/ids.ts';
import type { HeldVersion } from '../../parts/use-plan-versions.ts';
import { shortHash } from '../../parts/version-name.ts';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { ExamplesNotice } from '../../parts/examples-notice.tsx';
import { DraftNote } from './draft-note.tsx';
import { useReading } from './reading.tsx';

type VersionNotesProps = {
  readonly held: HeldVersion;
  readonly versions: readonly HeldVersion[];
  readonly worked: PlanHash | null;
};

/** What somebody must know who reads one of several versions; for coordinators also the way into the draft. */
export function VersionNotes({ coordinates, ...props }: VersionNotesProps & { readonly coordinates: boolean }) {
  const { plan } = useReading();
  return (
    <>
      <WhichVersion {...props} />
      <ExamplesNotice plan={plan} mayEdit={false} />
      {coordinates ? <DraftNote base={props.versions[0] ?? null} /> : null}
    </>
  );
}

function WhichVersion({ held, versions, worked }: VersionNotesProps) {
  const latest = versions[0];
  const isWorked = held.hash === worked;
  if (worked !== null && !isWorked) {
    const number = versions.find(({ hash }) => hash === worked)?.version.number;
    return (
      <Banner
        tone="late"
        icon="warning"
        title={`The open incident works ${number === undefined ? 'another version' : `version ${number}`}, not this one.`}
        action={
          <ButtonLink fit href="/plan">
            Read that one
          </ButtonLink>
        }
      />
    );
  }
  if (latest === undefined || latest.hash === held.hash) {
    return isWorked ? <Banner>The open incident works this version.</Banner> : null;
  }
  return (
    <Banner
      tone={isWorked ? 'note' : 'late'}
      title={isWorked ? 'The open incident works this version.' : 'There is a newer version.'}
      action={
        <ButtonLink fit href={`/plan?version=${shortHash(latest.hash)}`}>
          Read version {latest.version.number}
        </ButtonLink>
      }
    >
      {isWorked ? `Version ${latest.version.number} is newer and counts for the next incident.` : null}
    </Banner>
  );
}
