import { classNames } from './class-names.ts';
import styles from './filter-chips.module.css';

type Chip<Value extends string> = { readonly value: Value; readonly label: string; readonly count?: number };

type FilterChipsProps<Value extends string> = {
  /** What is chosen here, for those who don't see it. */
  readonly label: string;
  readonly value: Value;
  readonly chips: readonly Chip<Value>[];
  readonly onValue: (value: Value) => void;
};

/** One of a few filters; the chosen one is filled, bold and pressed. They wrap: none hides beyond the edge. */
export function FilterChips<Value extends string>({ label, value, chips, onValue }: FilterChipsProps<Value>) {
  return (
    <div className={styles.chips} role="group" aria-label={label}>
      {chips.map((chip) => (
        <button
          key={chip.value}
          type="button"
          className={classNames(styles.chip, chip.value === value && styles.on)}
          aria-pressed={chip.value === value}
          onClick={() => onValue(chip.value)}
        >
          {chip.label}
          {chip.count === undefined ? null : ` ${chip.count}`}
        </button>
      ))}
    </div>
  );
}
