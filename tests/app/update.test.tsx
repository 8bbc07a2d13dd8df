import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Offer } from '../../src/app/update-offer.tsx';
import { createAppUpdate } from '../../src/app/update.ts';

/** The app's side of updates, with the browser's side in the test's hands. */
function installed() {
  const heard = { waiting: () => undefined as void, takenOver: (_: 'first' | 'other') => undefined as void };
  const typing = { is: false, changed: () => undefined as void };
  const [reload, takeOver] = [vi.fn(), vi.fn()];
  const update = createAppUpdate(
    {
      installation: {
        onWaiting: (listener) => (heard.waiting = listener),
        onTakenOver: (listener) => (heard.takenOver = listener),
        takeOver,
        check: () => Promise.resolve(),
      },
      typing: { now: () => typing.is, watch: (listener) => (typing.changed = listener) },
      reload,
      now: () => 0,
      onForeground: () => undefined,
    },
    new AbortController().signal,
  );
  const type = (is: boolean) => {
    typing.is = is;
    typing.changed();
  };
  return { update, heard, reload, takeOver, type };
}

it('[SW-2] a press on Update now that came to nothing does not reload later in the middle of typing', () => {
  const { update, heard, reload, takeOver, type } = installed();
  heard.waiting();
  update.apply();
  expect(takeOver).toHaveBeenCalledTimes(1);
  type(true);
  heard.takenOver('other');
  expect(reload).not.toHaveBeenCalled();
  expect(update.get().updateReady).toBe(false);
  type(false);
  expect(update.get().updateReady).toBe(true);
  expect(reload).not.toHaveBeenCalled();
  update.apply();
  expect(reload).toHaveBeenCalledTimes(1);
});

it('[SW-2] Update now opens the new version, and the first one of all reloads nothing', () => {
  const { update, heard, reload } = installed();
  heard.takenOver('first');
  expect(reload).not.toHaveBeenCalled();
  heard.waiting();
  update.apply();
  heard.takenOver('other');
  expect(reload).toHaveBeenCalledTimes(1);
});

it('[SW-4] Later puts off this version only: the next one is offered again', async () => {
  const { update, heard } = installed();
  const user = userEvent.setup();
  render(<Offer update={update} />);
  act(() => heard.waiting());
  await user.click(screen.getByRole('button', { name: 'Later' }));
  expect(screen.queryByText('Update ready.')).toBeNull();
  // the same version, taken in another tab
  act(() => heard.takenOver('other'));
  expect(screen.queryByText('Update ready.')).toBeNull();
  act(() => heard.waiting());
  expect(screen.getByText('Update ready.')).toBeVisible();
});
