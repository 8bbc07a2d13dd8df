import { useState } from 'react';
import type { KnownDevice, ServerFault } from '../../domain/ports/server-api.ts';
import { usePorts } from '../../parts/ports.tsx';
import { serverFaultWords } from '../../parts/server-fault-words.ts';
import { useStepUp } from '../../parts/step-up.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { ChoiceField } from '../../ui/field.tsx';
import { Form } from '../../ui/form.tsx';
import { useToast } from '../../ui/toasts.tsx';

type Mode = 'lost' | 'leaver';

type RevokeDialogProps = {
  readonly device: KnownDevice;
  readonly person: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Takes a device out for good, after saying what happens to it (protocol.md, The other endpoints). */
export function RevokeDialog({ device, person, onDone, onClose }: RevokeDialogProps) {
  const { server } = usePorts();
  const toast = useToast();
  const stepUp = useStepUp();
  const [mode, setMode] = useState<Mode | null>(device.revoked === 'leaver' ? 'lost' : null);
  const [missing, setMissing] = useState(false);
  const [fault, setFault] = useState<ServerFault | null>(null);
  const [busy, setBusy] = useState(false);
  const revoke = async () => {
    if (mode === null) return setMissing(true);
    if (!(await stepUp(`The ${device.name} of ${person} is let in no more.`))) return;
    setBusy(true);
    setFault(null);
    const revoked = await server.revoke(device.id, mode);
    setBusy(false);
    if (!revoked.ok) return setFault(revoked.error);
    toast({ words: `${device.name} of ${person} is revoked` });
    onDone();
    return onClose();
  };
  return (
    <Dialog title={`Revoke the ${device.name} of ${person}?`} onClose={onClose}>
      <Form onSubmit={() => void revoke()}>
        <ChoiceField<Mode>
          legend="Why"
          value={mode}
          options={[
            {
              value: 'lost',
              label: 'Lost or stolen',
              hint: 'It is let in no more. At its next contact everything on it is deleted, unsent work too.',
            },
            {
              value: 'leaver',
              label: 'The person leaves',
              hint: 'At its next contact it sends what it holds, then everything on it is deleted.',
            },
          ]}
          onValue={setMode}
        />
        <p>
          This can’t be forced: a device that never comes online again keeps what it holds, and only its own lock guards
          that. It can’t be taken back either: a new code lets a device in anew.
        </p>
        {missing ? (
          <Banner tone="late" icon="warning" title="Not revoked yet.">
            Choose why.
          </Banner>
        ) : null}
        {fault === null ? null : (
          <Banner tone={fault.tag === 'no-answer' ? 'late' : 'stop'} icon="warning" title="Not revoked.">
            {serverFaultWords(fault)}
          </Banner>
        )}
        <DialogActions>
          <Button kind="danger" type="submit" disabled={busy}>
            {busy ? 'Asking the server…' : 'Revoke it'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
