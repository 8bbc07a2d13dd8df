import { contactLink } from '../domain/communication/contact-link.ts';
import { AddressText } from './address-text.tsx';
import styles from './way-to-reach.module.css';

type Means = {
  readonly type: string;
  readonly value: string;
  readonly pace?: string | undefined;
  readonly label?: unknown;
};

/** One means of contact; a row to press where the phone can open it by itself. */
export function WayToReach({ means, onOpen }: { readonly means: Means; readonly onOpen?: () => void }) {
  const link = contactLink(means.type, means.value);
  const words = (
    <>
      <small>
        {[means.pace, means.type, typeof means.label === 'string' ? means.label : null]
          .filter((each) => each != null && each !== '')
          .join(' · ')}
      </small>
      <span>
        <AddressText>{means.value}</AddressText>
      </span>
    </>
  );
  return link === null ? (
    <p className={styles.way}>{words}</p>
  ) : (
    <a className={styles.way} href={link.href} onClick={onOpen}>
      {words}
    </a>
  );
}
