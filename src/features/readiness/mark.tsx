import type { Colour } from '../../domain/readiness/findings.ts';
import { classNames } from '../../ui/class-names.ts';
import styles from './mark.module.css';

/** The shape and letter of a colour: the board reads the same in black and white. Stands beside words that say the same. */
export function Mark({ colour }: { readonly colour: Colour }) {
  return (
    <span className={classNames(styles.mark, styles[colour])} aria-hidden="true">
      {letters[colour]}
    </span>
  );
}

const letters: Readonly<Record<Colour, string>> = {
  green: '✓',
  amber: '!',
  red: '✕',
  unknown: '?',
  'not-asked': '–',
};

/** What a colour means, for the legend and for those who don't see it. */
export const colourWords: Readonly<Record<Colour, string>> = {
  green: 'ready',
  amber: 'see to it',
  red: 'not ready',
  unknown: 'not known',
  'not-asked': 'not asked',
};
