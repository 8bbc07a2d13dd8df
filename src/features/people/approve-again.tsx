import { useState } from 'react';
import type { KnownDevice, ServerFault } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useStepUp } from '../../parts/step-up.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toasts.tsx';

type ApproveAgainProps = {
  readonly device: KnownDevice;
  readonly person: string;
  readonly onDone: () => void;
};

/** One press lets a device sync again that was silent for over 400 days (docs/protocol-additions.md, Long silence). */
export function ApproveAgain({ device, person, onDone }: ApproveAgainProps) {
  const { server } = usePorts();
  const toast = useToast();
  const stepUp = useStepUp();
  const [fault, setFault] = useState<ServerFault | null>(null);
  const [busy, setBusy] = useState(false);
  const approve = async () => {
    if (!(await stepUp(`The ${device.name} of ${person} may sync again.`))) return undefined;
    setBusy(true);
    setFault(null);
    const approved = await server.approve(device.id);
    setBusy(false);
    if (!approved.ok) return setFault(approved.error);
    toast({ words: `${device.name} of ${person} may sync again` });
    return onDone();
  };
  return (
    <>
      <Banner
        tone="late"
        icon="warning"
        title="Not heard for over 400 days."
        action={
          <Button fit disabled={busy} onClick={() => void approve()}>
            {busy ? 'Asking the server…' : 'Approve again'}
          </Button>
        }
      >
        It syncs once you approve it. First make sure that {person} still has it; if not, revoke it.
      </Banner>
      {fault === null ? null : (
        <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="Not approved.">
          {serverFaultWords(fault)}
        </Banner>
      )}
    </>
  );
}
