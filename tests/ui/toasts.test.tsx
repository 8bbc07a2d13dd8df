import { act, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from '../../src/ui/announcer.tsx';
import { ToastPlace, ToastProvider, useToast, type Toast } from '../../src/ui/toasts.tsx';

describe('a toast', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('[TOAST-1] offers its action for ten seconds, then is gone', () => {
    const undone = vi.fn();
    open({ words: 'IT-02 marked done', action: { label: 'Undo', onPress: undone } });
    act(() => void vi.advanceTimersByTime(9_900));
    expect(screen.getByRole('button', { name: 'Undo' })).toBeInTheDocument();
    act(() => void vi.advanceTimersByTime(200));
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
    expect(undone).not.toHaveBeenCalled();
  });

  it('[TOAST-2] waits while somebody is at it, and acts once', () => {
    const undone = vi.fn();
    open({ words: 'IT-02 marked done', action: { label: 'Undo', onPress: undone } });
    fireEvent.focus(screen.getByRole('button', { name: 'Undo' }));
    act(() => void vi.advanceTimersByTime(60_000));
    fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(undone).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('[TOAST-3] "not saved" stays until it is closed, and interrupts', () => {
    open({ words: 'Not saved.', tone: 'loud' });
    act(() => void vi.advanceTimersByTime(600_000));
    expect(screen.getByRole('button', { name: 'Close' })).toBeInTheDocument();
    expect(screen.getByRole('alert')).toHaveTextContent('Not saved.');
  });

  it('[TOAST-4] is said to those who don’t see it', () => {
    open({ words: 'IT-02 marked done', action: { label: 'Undo', onPress: () => undefined } });
    expect(screen.getByRole('status')).toHaveTextContent('IT-02 marked done. Undo is possible for ten seconds.');
  });
});

function open(toast: Toast): void {
  render(
    <Announcer>
      <ToastProvider>
        <Show toast={toast} />
        <ToastPlace />
      </ToastProvider>
    </Announcer>,
  );
  fireEvent.click(screen.getByRole('button', { name: 'Show' }));
}

function Show({ toast }: { readonly toast: Toast }) {
  const show = useToast();
  return (
    <button type="button" onClick={() => show(toast)}>
      Show
    </button>
  );
}
