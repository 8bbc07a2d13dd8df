import { createContext, useContext, useEffect, useMemo, useRef } from 'react';
import type { Device } from '../domain/ports/device.ts';
import { usePorts } from './ports.tsx';
import { useSetting } from './use-live.ts';

/** What was typed and neither saved nor thrown away, by the form it belongs to. */
export type Unfinished = {
  /** False while what was typed before this opening is still being read. */
  readonly ready: boolean;
  readonly find: (form: string) => unknown;
  readonly keep: (form: string, typed: unknown) => void;
  readonly drop: (form: string) => void;
};

const UnfinishedContext = createContext<Unfinished | null>(null);

const unfinishedSetting = 'unfinished';
/** So much may be lost when the device dies in the middle of a word. */
const pauseMs = 500;

/**
 * Keeps what was typed while somebody looks at another screen, updates the app or loses power: a look into the log must not cost
 * ten minutes of writing. It is kept on this device and never sent.
 */
export function UnfinishedProvider({ children }: { readonly children: React.ReactNode }) {
  const { device } = usePorts();
  const stored = useSetting(unfinishedSetting);
  const kept = useRef<Kept | null>(null);
  if (kept.current === null && stored !== undefined) kept.current = keptIn(device, stored);
  const ready = kept.current !== null;
  useEffect(() => {
    const write = () => kept.current?.write();
    window.addEventListener('pagehide', write);
    document.addEventListener('visibilitychange', write);
    return () => {
      write();
      window.removeEventListener('pagehide', write);
      document.removeEventListener('visibilitychange', write);
    };
  }, []);
  const unfinished = useMemo<Unfinished>(
    () => ({
      ready,
      find: (form) => kept.current?.byForm.get(form),
      keep: (form, typed) => kept.current?.set(form, typed),
      drop: (form) => kept.current?.set(form, undefined),
    }),
    [ready],
  );
  return <UnfinishedContext value={unfinished}>{children}</UnfinishedContext>;
}

export function useUnfinished(): Unfinished {
  const unfinished = useContext(UnfinishedContext);
  if (unfinished === null) throw new Error('useUnfinished outside of UnfinishedProvider');
  return unfinished;
}

type Kept = {
  readonly byForm: ReadonlyMap<string, unknown>;
  /** Undefined takes it out. */
  readonly set: (form: string, typed: unknown) => void;
  /** Writes now what waits to be written. */
  readonly write: () => void;
};

function keptIn(device: Device, stored: string | null): Kept {
  const byForm = new Map(Object.entries(parsed(stored)));
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const write = () => {
    if (waiting === null) return;
    clearTimeout(waiting);
    waiting = null;
    void device.setSetting(unfinishedSetting, byForm.size === 0 ? null : JSON.stringify(Object.fromEntries(byForm)));
  };
  return {
    byForm,
    set: (form, typed) => {
      if (typed === undefined && !byForm.delete(form)) return;
      if (typed !== undefined) byForm.set(form, typed);
      waiting ??= setTimeout(write, pauseMs);
    },
    write,
  };
}

/** What can't be read was written by another build: then nothing was typed. */
function parsed(stored: string | null): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(stored ?? '{}') ?? {}) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
