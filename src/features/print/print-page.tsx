import { useState } from 'react';
import type { PlanHash } from '../../domain/ids.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintDesk } from './print-desk.tsx';
import { usePrintSource } from './use-print-source.ts';

/** Puts the plan on paper: role cards, contact sheet, communications sheet, timeline and blank logs. Works offline. */
export function PrintPage() {
  const [version, setVersion] = useState<PlanHash | null>(null);
  const found = usePrintSource(version);
  if (found === undefined) return null;
  if (found === null) {
    return (
      <Page title="Print">
        <EmptyState title="No plan on this device yet." action={<ButtonLink href="/now">Get a plan</ButtonLink>}>
          Role cards, contacts and blank logs are printed from the plan. It comes with the next connection, or set one
          up on this device.
        </EmptyState>
      </Page>
    );
  }
  return <PrintDesk {...found} onVersion={setVersion} />;
}
