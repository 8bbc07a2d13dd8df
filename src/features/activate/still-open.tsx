import { capitalised } from '../../domain/sentence.ts';
import type { KnownIncident } from '../../domain/incident/current-incident.ts';
import { OtherIncidents } from '../../parts/other-incidents.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { Stack } from '../../ui/stack.tsx';

/** What is open already, before somebody starts a second one by mistake. */
export function StillOpen({ open }: { readonly open: readonly KnownIncident[] }) {
  return (
    <Stack close>
      <Banner tone="late" icon="warning" title={`${openWords(open)} still open.`}>
        What you start here is another one beside it. To go on with what is open, press it.
      </Banner>
      <OtherIncidents label="Still open" others={open} />
    </Stack>
  );
}

/** A second real incident splits the people who work in the first, so it is asked about. */
export function SecondStartDialog({
  title,
  open,
  onStart,
  onClose,
}: {
  readonly title: string;
  readonly open: readonly KnownIncident[];
  readonly onStart: () => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog title="Start a real incident beside it?" onClose={onClose}>
      <p>
        {openWords(open)} still open. “{title}” becomes a real incident of its own, with its own tasks and its own log;
        everybody is told of it.
      </p>
      <DialogActions>
        <Button kind="primary" onClick={onStart}>
          Start it
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}

function openWords(open: readonly KnownIncident[]): string {
  const named = open.map(({ incident }) => `the ${incident.mode} “${incident.title}”`).join(' and ');
  return `${capitalised(named)} ${open.length === 1 ? 'is' : 'are'}`;
}
