import { useMemo } from 'react';
import { useParams, useSearch } from 'wouter';
import type { PlanHash } from '../../domain/ids.ts';
import type { PlanSection } from '../../domain/plan/plan-item.ts';
import { useIncident } from '../../parts/incident.tsx';
import { useMe } from '../../parts/use-me.ts';
import { usePlan, usePlanVersions, type HeldVersion } from '../../parts/use-plan-versions.ts';
import { shortHash } from '../../parts/version-name.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { TwoPanes } from '../../ui/two-panes.tsx';
import { useMedia } from '../../ui/use-media.ts';
import { ChapterView } from './chapter-view.tsx';
import { chaptersOf, chapterWith } from './chapters.tsx';
import { NoPlan } from './no-plan.tsx';
import { PlanContents } from './plan-contents.tsx';
import { ReadingProvider, type Reading } from './reading.tsx';
import { VersionNotes } from './version-notes.tsx';
import { VersionsChapter } from './versions-chapter.tsx';
import { WholePlan } from './whole-plan.tsx';

/** The plan as a document: contents and chapters, for everybody. */
export function PlanPage() {
  const versions = usePlanVersions();
  const wanted = new URLSearchParams(useSearch()).get('version');
  const me = useMe();
  const worked = useWorkedVersion();
  if (versions === undefined || me === undefined) return null;
  const usual = versions.find(({ hash }) => hash === worked) ?? versions[0] ?? null;
  const held = wanted === null ? usual : (versions.find(({ hash }) => hash.startsWith(wanted)) ?? null);
  if (held === null) {
    return (
      <Page title="Plan">
        <NothingToRead known={versions.length > 0} coordinates={me?.access === 'coordinator'} />
      </Page>
    );
  }
  const search = held === usual ? '' : `?version=${shortHash(held.hash)}`;
  return (
    <PlanDocument
      held={held}
      versions={versions}
      worked={worked}
      search={search}
      coordinates={me?.access === 'coordinator'}
    />
  );
}

function NothingToRead({ known, coordinates }: { readonly known: boolean; readonly coordinates: boolean }) {
  if (known) {
    return (
      <EmptyState
        title="That version is not on this device."
        action={<ButtonLink href="/plan">Read the plan</ButtonLink>}
      >
        Older versions stay with those who had them. Compare the three words before you follow a printed copy.
      </EmptyState>
    );
  }
  if (coordinates) return <NoPlan />;
  return (
    <EmptyState title="No plan on this device yet.">
      It comes with the next connection; then it can be read and printed without one.
    </EmptyState>
  );
}

/** The version that the open incident works; one that was closed works none any more. */
function useWorkedVersion(): PlanHash | null {
  const incident = useIncident();
  if (incident.state !== 'open' || incident.view.incident.status === 'closed') return null;
  return incident.view.version.hash;
}

function PlanDocument({
  held,
  versions,
  worked,
  search,
  coordinates,
}: {
  readonly held: HeldVersion;
  readonly versions: readonly HeldVersion[];
  readonly worked: PlanHash | null;
  readonly search: string;
  readonly coordinates: boolean;
}) {
  const { section, item } = useParams<{ section?: string; item?: string }>();
  const plan = usePlan(held);
  const wide = useMedia('(min-width: 900px)');
  const whole = section === 'whole';
  const mayEdit = coordinates && held === versions[0] && !whole;
  const reading = useMemo((): Reading | null => {
    if (plan === null) return null;
    return { plan, search, whole, mayEdit, itemHeading: whole || wide ? 'h3' : 'h2' };
  }, [plan, search, whole, mayEdit, wide]);
  if (reading === null) return null;
  if (whole) {
    return (
      <ReadingProvider value={reading}>
        <WholePlan held={held} />
      </ReadingProvider>
    );
  }
  const [first = null] = chaptersOf(reading.plan);
  const chapter = section === undefined ? null : chapterWith(reading.plan, section, item);
  const at = section === undefined || item === undefined ? null : { section: section as PlanSection, id: item };
  const notes = <VersionNotes held={held} versions={versions} worked={worked} coordinates={coordinates} />;
  return (
    <ReadingProvider value={reading}>
      <TwoPanes
        detailLabel="Chapter"
        list={<PlanContents held={held} count={versions.length} notes={notes} />}
        detail={
          section === undefined ? null : section === 'versions' ? (
            <VersionsChapter versions={versions} worked={worked} coordinates={coordinates} />
          ) : chapter === null ? (
            <EmptyState
              title="This version has no such part."
              action={<ButtonLink href={`/plan${search}`}>Contents</ButtonLink>}
            >
              It may stand in another version, or in another role’s part.
            </EmptyState>
          ) : (
            <ChapterView key={`${chapter.section}/${chapter.phase ?? ''}`} chapter={chapter} at={at} />
          )
        }
        hint={first === null ? null : <ChapterView chapter={first} at={null} />}
      />
    </ReadingProvider>
  );
}
