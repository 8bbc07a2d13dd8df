import styles from './way-to-reach.module.css';

type Means = {
  readonly type: string;
  readonly value: string;
  readonly pace?: string | undefined;
  readonly label?: unknown;
};

/** One means of contact; a row to press where the phone can open it by itself. */
export function WayToReach({ means }: { readonly means: Means }) {
  const address = addressFor(means.type, means.value);
  const words = (
    <>
      <small>
        {[means.pace, means.type, typeof means.label === 'string' ? means.label : null]
          .filter((each) => each != null && each !== '')
          .join(' · ')}
      </small>
      <span>{means.value}</span>
    </>
  );
  return address === null ? (
    <p className={styles.way}>{words}</p>
  ) : (
    <a className={styles.way} href={address}>
      {words}
    </a>
  );
}

/** Only what a phone can open by itself becomes a link; a plan may come from anywhere, so nothing else does. */
function addressFor(type: string, value: string): string | null {
  const number = value.replace(/[^\d+]/g, '');
  if (type === 'phone' && number.length > 2) return `tel:${number}`;
  if (type === 'sms' && number.length > 2) return `sms:${number}`;
  if (type === 'email' && /^[^\s@]+@[^\s@]+$/.test(value)) return `mailto:${encodeURI(value)}`;
  if (type === 'web' && /^https?:\/\/[^\s]+$/.test(value)) return value;
  return null;
}
