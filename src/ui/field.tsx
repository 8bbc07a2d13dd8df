import { useId, type ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

type About = {
  readonly label: string;
  readonly hint?: React.ReactNode;
  /** What is wrong with it, in words; announced when it appears. */
  readonly fault?: string | null;
};

type Frame = About & {
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby'?: string;
    readonly 'aria-invalid'?: true;
  }) => React.ReactNode;
};

/** A label above its control, a hint below, a fault in words. */
export function Field({ label, hint, fault, children }: Frame) {
  const id = useId();
  const described = [hint === undefined ? null : `${id}-hint`, fault == null ? null : `${id}-fault`]
    .filter((each) => each !== null)
    .join(' ');
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(fault == null ? {} : { 'aria-invalid': true as const }),
      })}
      {hint === undefined ? null : (
        <div id={`${id}-hint`} className={styles.hint}>
          {hint}
        </div>
      )}
      {fault == null ? null : (
        <p id={`${id}-fault`} className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  );
}

type Control<Tag extends 'input' | 'textarea' | 'select'> = About &
  Omit<ComponentProps<Tag>, 'id' | 'onChange' | 'value'> & {
    readonly value: string;
    readonly onValue: (value: string) => void;
  };

export function TextField({ label, hint, fault, onValue, className, ...rest }: Control<'input'>) {
  return (
    <Field label={label} hint={hint} fault={fault ?? null}>
      {(ids) => (
        <input
          className={classNames(styles.control, className)}
          {...ids}
          {...rest}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

export function TextAreaField({ label, hint, fault, onValue, rows = 3, ...rest }: Control<'textarea'>) {
  return (
    <Field label={label} hint={hint} fault={fault ?? null}>
      {(ids) => (
        <textarea
          className={styles.control}
          rows={rows}
          {...ids}
          {...rest}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

export type Option<Value extends string = string> = { readonly value: Value; readonly label: string };

export function SelectField<Value extends string>({
  label,
  hint,
  fault,
  value,
  options,
  onValue,
  ...rest
}: About & {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onValue: (value: Value) => void;
} & Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'id'>) {
  return (
    <Field label={label} hint={hint} fault={fault ?? null}>
      {(ids) => (
        <select
          className={styles.control}
          {...ids}
          {...rest}
          value={value}
          onChange={(event) => onValue(event.target.value as Value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A tick with its words beside it; the whole row is the target. */
export function CheckField({
  label,
  hint,
  checked,
  onChecked,
  disabled = false,
}: {
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly disabled?: boolean;
}) {
  return (
    <label className={styles.check}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChecked(event.target.checked)}
      />
      <span>
        {label}
        {hint === undefined ? null : <small className={styles.hint}>{hint}</small>}
      </span>
    </label>
  );
}

/** One of a few, all of them seen; each a row to press. */
export function ChoiceField<Value extends string>({
  legend,
  value,
  options,
  onValue,
  fault = null,
  compact = false,
}: {
  readonly legend: string;
  readonly fault?: string | null;
  /** Side by side while they fit; for options of one word. */
  readonly compact?: boolean;
  readonly value: Value | null;
  readonly options: readonly (Option<Value> & { readonly hint?: React.ReactNode })[];
  readonly onValue: (value: Value) => void;
}) {
  const name = useId();
  const faulty = fault === null ? {} : { 'aria-invalid': true as const, 'aria-describedby': `${name}-fault` };
  return (
    <fieldset className={classNames(styles.choice, compact && styles.compact)} role="radiogroup" {...faulty}>
      <legend className={styles.label}>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.check}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>
            {option.label}
            {option.hint === undefined ? null : <small className={styles.hint}>{option.hint}</small>}
          </span>
        </label>
      ))}
      {fault === null ? null : (
        <p id={`${name}-fault`} className={styles.fault} role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}
