import '../support/browser-gaps.ts';
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { App } from '../../src/app/app.tsx';

const handlers = ['onsuccess', 'onerror', 'onblocked', 'onupgradeneeded'] as const;

beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => window.history.replaceState(null, '', '/'));

/** Until it is told to go on, an opening of the database gets no answer of any kind. */
function silentUntilToldOtherwise(): () => void {
  const open = indexedDB.open.bind(indexedDB);
  const waiting: (() => void)[] = [];
  indexedDB.open = (name, version) => {
    let real: IDBOpenDBRequest | null = null;
    const request = {
      get result() {
        return real?.result;
      },
      get transaction() {
        return real?.transaction;
      },
      get error() {
        return real?.error;
      },
    } as unknown as IDBOpenDBRequest;
    waiting.push(() => {
      real = open(name, version);
      for (const each of handlers) real[each] = request[each] as never;
    });
    return request;
  };
  return () => {
    indexedDB.open = open;
    for (const goOn of waiting) goOn();
  };
}

it('[REL-29] a storage that does not answer is told of after three seconds, and opened when it does', async () => {
  const answer = silentUntilToldOtherwise();
  render(<App />);
  expect(await screen.findByRole('heading', { name: 'The storage does not answer yet.' })).toBeVisible();
  expect(screen.getByText(/^Nothing is lost\./)).toBeVisible();
  answer();
  expect(await screen.findByRole('list', { name: 'Ways to begin' })).toBeVisible();
});
