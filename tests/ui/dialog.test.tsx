import '../support/browser-gaps.ts';
import { useState } from 'react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Button } from '../../src/ui/button.tsx';
import { Dialog } from '../../src/ui/dialog.tsx';
import { CheckField, TextAreaField } from '../../src/ui/field.tsx';

describe('a dialog', () => {
  it('[DIALOG-1] begins at its first field and gives the focus back to what opened it', async () => {
    render(<Opened />);
    await userEvent.click(screen.getByRole('button', { name: 'Note' }));
    expect(screen.getByLabelText('What happened')).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('button', { name: 'Note' })).toHaveFocus();
  });

  it('[DIALOG-2] Escape and Close ask before they throw away what was typed', async () => {
    render(<Opened />);
    await userEvent.click(screen.getByRole('button', { name: 'Note' }));
    await userEvent.type(screen.getByLabelText('What happened'), 'The pump runs');
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('alert')).toHaveTextContent('What you typed here is not saved yet.');
    await userEvent.click(screen.getByRole('button', { name: 'Go on writing' }));
    expect(screen.getByLabelText('What happened')).toHaveValue('The pump runs');
    expect(screen.getByLabelText('What happened')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.click(screen.getByRole('button', { name: 'Close without saving' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('[DIALOG-3] a tick or emptied text is nothing to ask about', async () => {
    render(<Opened />);
    await userEvent.click(screen.getByRole('button', { name: 'Note' }));
    await userEvent.type(screen.getByLabelText('What happened'), 'x{Backspace}');
    await userEvent.click(screen.getByLabelText('Urgent'));
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

function Opened() {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [urgent, setUrgent] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Note</Button>
      {open ? (
        <Dialog title="Note" onClose={() => setOpen(false)}>
          <TextAreaField label="What happened" value={text} onValue={setText} />
          <CheckField label="Urgent" checked={urgent} onChecked={setUrgent} />
        </Dialog>
      ) : null}
    </>
  );
}
