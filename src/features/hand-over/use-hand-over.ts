import { useEffect, useState } from 'react';
import type { HandOver } from '../../domain/ports/hand-over.ts';
import { usePorts } from '../../parts/ports.tsx';

/** The port, once its code is there; null for a moment before. */
export function useHandOver(): HandOver | null {
  const { handOver } = usePorts();
  const [loaded, setLoaded] = useState<HandOver | null>(null);
  useEffect(() => {
    let isMounted = true;
    void handOver().then((port) => {
      if (isMounted) setLoaded(port);
    });
    return () => {
      isMounted = false;
    };
  }, [handOver]);
  return loaded;
}
