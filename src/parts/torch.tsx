import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import type { Camera } from './camera.ts';

/** The light beside the camera, on and off. */
export function Torch({ torch }: { readonly torch: NonNullable<Camera['torch']> }) {
  const [on, setOn] = useState(false);
  return (
    <Button
      aria-pressed={on}
      onClick={() => {
        setOn(!on);
        void torch(!on).catch(() => setOn(on));
      }}
    >
      {on ? 'Light off' : 'Light on'}
    </Button>
  );
}
