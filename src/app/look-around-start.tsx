import { useEffect, useRef } from 'react';
import { usePorts } from '../parts/ports.tsx';
import { useWrite } from '../parts/use-write.ts';
import { beginLookAround } from './begin-look-around.ts';

/** Fills the database of "Look around" the first time; the membership that it makes opens the screens. */
export function LookAroundStart() {
  const ports = usePorts();
  const write = useWrite();
  const begun = useRef(false);
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void beginLookAround(ports, write);
  }, [ports, write]);
  return null;
}
