import { Link } from 'wouter';
import type { IncidentMode } from '../../domain/incident/incident.ts';
import { StillActive } from '../../parts/still-active.tsx';
import { Banner } from '../../ui/banner.tsx';
import { ButtonLink } from '../../ui/button.tsx';

/** That the incident on the screen is closed, and what is still open. */
export function ClosedNow({ mode }: { readonly mode: IncidentMode }) {
  return (
    <>
      <Banner
        title={`This ${mode} is closed.`}
        action={
          <ButtonLink fit href="/incident">
            About it
          </ButtonLink>
        }
      >
        Reports are still taken into its log.{' '}
        {mode === 'exercise' ? <Link href="/people/training">A coordinator records it as training.</Link> : null}
      </Banner>
      <StillActive />
    </>
  );
}
