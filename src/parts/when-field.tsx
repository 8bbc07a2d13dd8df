import { useState } from 'react';
import { readClock } from '../domain/incident/clock-entry.ts';
import { day, type Millis } from '../domain/time.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import { dayWords, localDate } from './time-words.ts';
import styles from './when-field.module.css';

type WhenFieldProps = {
  readonly label: string;
  /** `2026-11-23T14:12` in `zone`, or '' for no time; what can't be read is given on as it was typed, which no time equals. */
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly zone: string;
  readonly now: Millis;
  /** Which days are offered beside today. */
  readonly days: 'past' | 'coming';
  readonly hint?: React.ReactNode;
  readonly fault?: string | null;
};

const offered = 7;
const another = 'another';

/**
 * A time of day typed as it is said, `1412`, with its day: always by the 24-hour clock, whatever the browser's own
 * control would make of it.
 */
export function WhenField({ label, value, onValue, zone, now, days, hint, fault = null }: WhenFieldProps) {
  const today = localDate(now, zone);
  const [date, setDate] = useState(value === '' ? today : value.slice(0, 10));
  const [time, setTime] = useState(value.slice(11, 16));
  const [typing, setTyping] = useState(false);
  const near = nearDays(now, zone, days);
  const [free, setFree] = useState(!near.some((each) => each.value === date));
  const give = (nextDate: string, nextTime: string) =>
    onValue(nextTime.trim() === '' ? '' : `${nextDate}T${readClock(nextTime) ?? nextTime}`);
  return (
    <div className={styles.when}>
      <TextField
        label={label}
        hint={hint ?? 'By the 24-hour clock: 1412 or 14:12'}
        inputMode="numeric"
        autoComplete="off"
        maxLength={5}
        value={time}
        fault={typing && readClock(time) === null ? null : fault}
        onFocus={() => setTyping(true)}
        onBlur={() => {
          setTyping(false);
          setTime(readClock(time) ?? time);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') setTyping(false);
        }}
        onValue={(typed) => {
          setTime(typed);
          give(date, typed);
        }}
      />
      <SelectField
        label="Day"
        value={free ? another : date}
        options={[...near, { value: another, label: 'Another day' }]}
        onValue={(chosen) => {
          setFree(chosen === another);
          if (chosen === another) return;
          setDate(chosen);
          give(chosen, time);
        }}
      />
      {free ? (
        <TextField
          label="Date"
          type="date"
          value={date}
          onValue={(chosen) => {
            setDate(chosen);
            give(chosen, time);
          }}
        />
      ) : null}
    </div>
  );
}

function nearDays(now: Millis, zone: string, days: 'past' | 'coming') {
  const step = days === 'past' ? -day : day;
  return Array.from({ length: offered }, (_, place) => {
    const at = now + place * step;
    const name = place === 0 ? 'Today, ' : place > 1 ? '' : days === 'past' ? 'Yesterday, ' : 'Tomorrow, ';
    return { value: localDate(at, zone), label: `${name}${dayWords(at, zone)}` };
  });
}
