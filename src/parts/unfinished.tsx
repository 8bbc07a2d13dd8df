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
  kept.current ??= keptIn(device);
  if (stored !== undefined) kept.current.stored = parsed(stored);
  const ready = stored !== undefined;
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
      find: (form) => kept.current?.find(form),
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

type Forms = Readonly<Record<string, unknown>>;

type Kept = {
  /** What every tab has written, as last read. */
  stored: Forms;
  readonly find: (form: string) => unknown;
  /** Undefined takes it out. */
  readonly set: (form: string, typed: unknown) => void;
  /** Writes now what waits to be written. */
  readonly write: () => void;
};

function keptIn(device: Device): Kept {
  /** What this tab last knew of each form that was open in it; other tabs write their own. */
  const here = new Map<string, unknown>();
  const changed = new Set<string>();
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const kept: Kept = {
    stored: {},
    find: (form) => (here.has(form) ? here.get(form) : kept.stored[form]),
    set: (form, typed) => {
      if (typed === undefined && kept.find(form) === undefined) return;
      here.set(form, typed);
      changed.add(form);
      waiting ??= setTimeout(kept.write, pauseMs);
    },
    write: () => {
      if (waiting === null) return;
      clearTimeout(waiting);
      waiting = null;
      const own = Object.fromEntries([...changed].map((form) => [form, here.get(form)]));
      changed.clear();
      void device.editSetting(unfinishedSetting, (value) => withOwn(value, own));
    },
  };
  return kept;
}

function withOwn(value: string | null, own: Forms): string | null {
  // A form that was taken out is undefined, which JSON leaves out.
  const forms = JSON.stringify({ ...parsed(value), ...own });
  return forms === '{}' ? null : forms;
}

/** What can't be read was written by another build: then nothing was typed. */
function parsed(stored: string | null): Forms {
  try {
    return (JSON.parse(stored ?? '{}') ?? {}) as Forms;
  } catch {
    return {};
  }
}
