import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { fromLocalInput } from '../../src/parts/time-words.ts';
import { WhenField } from '../../src/parts/when-field.tsx';

const zone = 'Africa/Johannesburg';
const now = Date.parse('2026-11-23T22:10:00.000Z');

function Asked({ days = 'past' }: { readonly days?: 'past' | 'coming' }) {
  const [value, setValue] = useState('2026-11-24T00:10');
  return (
    <>
      <WhenField
        label="When"
        days={days}
        zone={zone}
        now={now}
        value={value}
        fault={fromLocalInput(value, zone) === null ? 'Give the time.' : null}
        onValue={setValue}
      />
      <output>{fromLocalInput(value, zone) ?? 'no time'}</output>
    </>
  );
}

describe('a time that is asked for', () => {
  it('[WHEN-1] is typed as it is said, and put in the 24-hour form', async () => {
    render(<Asked />);
    const time = screen.getByLabelText('When');
    await userEvent.clear(time);
    await userEvent.type(time, '0004');
    expect(screen.getByText('2026-11-23T22:04:00.000Z')).toBeVisible();
    await userEvent.tab();
    expect(time).toHaveValue('00:04');
  });

  it('[WHEN-2] can be of yesterday by the incident’s zone, or of any other day', async () => {
    render(<Asked />);
    await userEvent.selectOptions(screen.getByLabelText('Day'), 'Yesterday, 23 Nov');
    expect(screen.getByText('2026-11-22T22:10:00.000Z')).toBeVisible();
    await userEvent.selectOptions(screen.getByLabelText('Day'), 'Another day');
    await userEvent.clear(screen.getByLabelText('Date'));
    await userEvent.type(screen.getByLabelText('Date'), '2026-10-01');
    expect(screen.getByText('2026-09-30T22:10:00.000Z')).toBeVisible();
  });

  it('[WHEN-3] offers the coming days where the time is still to come', () => {
    render(<Asked days="coming" />);
    expect(screen.getByRole('option', { name: 'Tomorrow, 25 Nov' })).toBeInTheDocument();
    expect(screen.queryByRole('option', { name: /Yesterday/ })).toBeNull();
  });

  it('[WHEN-4] half a time is no fault while it is being typed, and one afterwards', async () => {
    render(<Asked />);
    const time = screen.getByLabelText('When');
    await userEvent.clear(time);
    await userEvent.type(time, '14');
    expect(screen.queryByText('Give the time.')).toBeNull();
    await userEvent.tab();
    expect(screen.getByText('Give the time.')).toBeVisible();
    expect(screen.getByText('no time')).toBeVisible();
  });
});
