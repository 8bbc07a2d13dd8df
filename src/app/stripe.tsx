import { useIncident } from '../parts/incident.tsx';
import { useLives } from '../parts/life.tsx';
import { usePorts } from '../parts/ports.tsx';
import styles from './stripe.module.css';

/** An exercise is unmistakable: stripe and word on every screen and print. */
export function ExerciseStripe() {
  const incident = useIncident();
  const { life } = usePorts();
  const { leaveLookAround } = useLives();
  const mode =
    incident.state === 'open'
      ? incident.view.incident.mode
      : incident.state === 'without-plan'
        ? incident.incident.mode
        : null;
  if (mode !== 'exercise' && life !== 'look-around') return null;
  return (
    <div className={styles.exercise} role="note" aria-label="Exercise">
      <div className={styles.stripe} aria-hidden="true" />
      <p className={styles.word}>
        {life === 'look-around' ? (
          <>
            EXERCISE · never sent{' '}
            <button type="button" className={styles.leave} onClick={() => void leaveLookAround()}>
              Leave
            </button>
          </>
        ) : (
          'EXERCISE · not a real incident'
        )}
      </p>
    </div>
  );
}
