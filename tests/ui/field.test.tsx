import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { ChoiceField, TextField } from '../../src/ui/field.tsx';
import { FilterChips } from '../../src/ui/filter-chips.tsx';

describe('fields', () => {
  it('[FIELD-1] hint and fault belong to their control, and the fault is said', () => {
    render(<TextField label="Code" hint="As it was said" fault="Letters only" value="" onValue={() => undefined} />);
    const control = screen.getByLabelText('Code');
    expect(control).toBeInvalid();
    expect(control).toHaveAccessibleDescription('As it was said Letters only');
    expect(screen.getByRole('alert')).toHaveTextContent('Letters only');
  });

  it('[FIELD-2] a choice is a group of radios under its legend', async () => {
    const chosen = vi.fn();
    render(
      <ChoiceField
        legend="Is it real?"
        value={null}
        options={[
          { value: 'yes', label: 'Yes' },
          { value: 'no', label: 'No', hint: 'Training' },
        ]}
        onValue={chosen}
      />,
    );
    expect(screen.getByRole('radiogroup', { name: 'Is it real?' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: /^No/ }));
    expect(chosen).toHaveBeenCalledWith('no');
  });

  it('[FIELD-3] the chosen chip says that it is pressed', async () => {
    const chosen = vi.fn();
    render(
      <FilterChips
        label="Which"
        value="a"
        chips={[
          { value: 'a', label: 'Mine', count: 3 },
          { value: 'b', label: 'All' },
        ]}
        onValue={chosen}
      />,
    );
    expect(screen.getByRole('button', { name: 'Mine 3' })).toHaveAttribute('aria-pressed', 'true');
    await userEvent.click(screen.getByRole('button', { name: 'All' }));
    expect(chosen).toHaveBeenCalledWith('b');
  });
});
