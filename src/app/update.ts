import { hour, type Millis } from '../domain/time.ts';
import type { Typing } from './typing.ts';

/** What the app knows of the service worker's life; `workbox-window` in the browser. */
export interface Installation {
  /** Calls back when a new version is installed and waits. */
  onWaiting(listener: () => void): void;
  /** Calls back when a version takes charge of this page: its `first`, or an `other` than the one it began with. */
  onTakenOver(listener: (which: 'first' | 'other') => void): void;
  /** Lets the version that waits take over. */
  takeOver(): void;
  /** Looks whether the server has a new version; fails silently without a network. */
  check(): Promise<void>;
}

export type UpdateState = {
  readonly updateReady: boolean;
  /** Counts the versions that came since the page was opened: who put one off has not put off the next. */
  readonly offer: number;
};

/** "Update ready": offered, never forced, and never while somebody is writing. */
export interface AppUpdate {
  get(): UpdateState;
  subscribe(onChange: () => void): () => void;
  /** Takes the new version and opens the app anew; does nothing while `updateReady` is false. */
  apply(): void;
}

/** An app that stays open for days looks this often, when it comes to the foreground. */
const checkEvery: Millis = hour;

export type UpdateParts = {
  readonly installation: Installation;
  readonly typing: Typing;
  readonly reload: () => void;
  /** By the monotonic clock. */
  readonly now: () => Millis;
  /** Calls back when the page comes to the foreground. */
  readonly onForeground: (listener: () => void, signal: AbortSignal) => void;
};

export function createAppUpdate(parts: UpdateParts, signal: AbortSignal): AppUpdate {
  const { installation, typing, reload, now } = parts;
  let state: UpdateState = { updateReady: false, offer: 0 };
  /** `waits`: a new version is installed; `took-over`: it runs already, taken in another tab, and this page is still the old one. */
  let version: 'current' | 'waits' | 'took-over' = 'current';
  let applying = false;
  let checkedAt = now();
  const listeners = new Set<() => void>();
  const publish = (offer = state.offer) => {
    const updateReady = version !== 'current' && !typing.now();
    if (updateReady === state.updateReady && offer === state.offer) return;
    state = { updateReady, offer };
    for (const listener of [...listeners]) listener();
  };
  typing.watch(() => publish(), signal);
  installation.onWaiting(() => {
    version = 'waits';
    publish(state.offer + 1);
  });
  installation.onTakenOver((which) => {
    if (which === 'first' && !applying) return;
    const isNews = version === 'current';
    version = 'took-over';
    // Who pressed may have begun to write since: the press is then as good as none.
    if (applying && !typing.now()) reload();
    else publish(state.offer + (isNews ? 1 : 0));
    applying = false;
  });
  parts.onForeground(() => {
    if (now() - checkedAt < checkEvery) return;
    checkedAt = now();
    void installation.check();
  }, signal);
  return {
    get: () => state,
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    apply() {
      publish();
      if (!state.updateReady) return;
      applying = true;
      if (version === 'took-over') reload();
      else installation.takeOver();
    },
  };
}
