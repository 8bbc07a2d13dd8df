import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useAnnounce } from './announcer.tsx';
import { classNames } from './class-names.ts';
import styles from './toasts.module.css';

export type Toast = {
  readonly words: string;
  /** `loud` is kept for "not saved": red, stays until it is closed. */
  readonly tone?: 'plain' | 'loud';
  readonly action?: { readonly label: string; readonly onPress: () => void };
};

type ShownToast = Toast & { readonly id: number };

const shownFor = 10_000;
/** Nothing to decide: read and gone. */
const newsShownFor = 5_000;

const ShowContext = createContext<(toast: Toast) => void>(() => undefined);
const ShownContext = createContext<{
  readonly toast: ShownToast | null;
  readonly close: () => void;
  /** Where it can be seen and reached: the place that was opened last. */
  readonly place: symbol | undefined;
  readonly setPlaces: (next: (places: readonly symbol[]) => readonly symbol[]) => void;
}>({ toast: null, close: () => undefined, place: undefined, setPlaces: () => undefined });

/** Shows one short message with at most one action, for ten seconds; a newer one takes its place. */
export function useToast(): (toast: Toast) => void {
  return useContext(ShowContext);
}

export function ToastProvider({ children }: { readonly children: React.ReactNode }) {
  const [toast, setToast] = useState<ShownToast | null>(null);
  const [places, setPlaces] = useState<readonly symbol[]>([]);
  const announce = useAnnounce();
  const ids = useRef(0);
  const show = useCallback(
    (next: Toast) => {
      ids.current += 1;
      setToast({ ...next, id: ids.current });
      const spoken =
        next.action === undefined
          ? next.words
          : `${next.words.replace(/\.$/, '')}. ${next.action.label} is possible for ten seconds.`;
      announce(spoken, next.tone === 'loud' ? 'assertive' : 'polite');
    },
    [announce],
  );
  const close = useCallback(() => setToast(null), []);
  const shown = useMemo(() => ({ toast, close, place: places.at(-1), setPlaces }), [toast, close, places]);
  return (
    <ShowContext value={show}>
      <ShownContext value={shown}>{children}</ShownContext>
    </ShowContext>
  );
}

/** Where the toast stands: in a room of its own above the bottom bar, in thumb's reach, and in a dialog while one is open. */
export function ToastPlace() {
  const { toast, close, place, setPlaces } = useContext(ShownContext);
  const [here] = useState(() => Symbol('place'));
  useLayoutEffect(() => {
    setPlaces((places) => [...places, here]);
    return () => setPlaces((places) => places.filter((each) => each !== here));
  }, [here, setPlaces]);
  return toast === null || place !== here ? null : <ToastBar key={toast.id} toast={toast} onClose={close} />;
}

function ToastBar({ toast, onClose }: { readonly toast: ShownToast; readonly onClose: () => void }) {
  const [held, setHeld] = useState(false);
  const loud = toast.tone === 'loud';
  useEffect(() => {
    if (held || loud) return undefined;
    const timer = setTimeout(onClose, toast.action === undefined ? newsShownFor : shownFor);
    return () => clearTimeout(timer);
  }, [held, loud, toast, onClose]);
  return (
    <div
      className={classNames(styles.toast, loud && styles.loud)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      <span className={styles.words}>{toast.words}</span>
      {toast.action === undefined ? (
        <button type="button" className={styles.action} onClick={onClose}>
          Close
        </button>
      ) : (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            onClose();
            toast.action?.onPress();
          }}
        >
          {toast.action.label}
        </button>
      )}
    </div>
  );
}
