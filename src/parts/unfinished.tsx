import { createContext, useContext, useState } from 'react';

/** What was typed and neither saved nor thrown away, by the form it belongs to. */
export type Unfinished = {
  readonly find: (form: string) => unknown;
  readonly keep: (form: string, typed: unknown) => void;
  readonly drop: (form: string) => void;
};

const UnfinishedContext = createContext<Unfinished | null>(null);

/**
 * Keeps what was typed while somebody looks at another screen and comes back: a look into the log must not cost ten minutes of
 * writing. It lives as long as the page; nothing of it is stored or sent.
 */
export function UnfinishedProvider({ children }: { readonly children: React.ReactNode }) {
  const [unfinished] = useState(emptyUnfinished);
  return <UnfinishedContext value={unfinished}>{children}</UnfinishedContext>;
}

export function useUnfinished(): Unfinished {
  const unfinished = useContext(UnfinishedContext);
  if (unfinished === null) throw new Error('useUnfinished outside of UnfinishedProvider');
  return unfinished;
}

function emptyUnfinished(): Unfinished {
  const byForm = new Map<string, unknown>();
  return {
    find: (form) => byForm.get(form),
    keep: (form, typed) => {
      byForm.set(form, typed);
    },
    drop: (form) => {
      byForm.delete(form);
    },
  };
}
