import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PinForm } from './pin-form.tsx';

type StepUpDialogProps = {
  /** What it is for, as a sentence. */
  readonly what: string;
  readonly onEnd: (given: boolean) => void;
};

export function StepUpDialog({ what, onEnd }: StepUpDialogProps) {
  return (
    <Dialog title="Your PIN, please" onClose={() => onEnd(false)}>
      <p>{what}</p>
      <PinForm action="Go on" onRight={() => onEnd(true)}>
        <Button onClick={() => onEnd(false)}>Cancel</Button>
      </PinForm>
    </Dialog>
  );
}
