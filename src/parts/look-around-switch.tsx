import { useLives } from './life.tsx';
import { usePorts } from './ports.tsx';
import { RowButton } from '../ui/row-link.tsx';

/** The way into and out of the example, which has its own database and is never sent. */
export function LookAroundSwitch() {
  const { life } = usePorts();
  const { lookAround, leaveLookAround } = useLives();
  if (life === 'look-around') {
    return (
      <RowButton
        icon="back"
        title="Stop looking around"
        detail="Back to this device’s own plan"
        onPress={() => void leaveLookAround()}
      />
    );
  }
  return (
    <RowButton
      icon="plan"
      title="Look around"
      detail="The built-in plan as an exercise; nothing is sent"
      onPress={() => void lookAround()}
    />
  );
}
