import '../support/browser-gaps.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { App } from '../../src/app/app.tsx';
import { openOwnLife } from '../../src/app/open-life.ts';
import { lookAroundName } from '../../src/storage/open-database.ts';

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
  expect(screen.getByText(/work from your paper role card/)).toBeVisible();
  answer();
  expect(await screen.findByRole('list', { name: 'Ways to begin' })).toBeVisible();
});

it('[LOOK-2] a broken Look around leaves one’s own life open, once and for all, and says so', async () => {
  const own = valueOf(await openOwnLife());
  await own.ports.device.startAlone('Ana');
  await own.ports.device.setSetting('life', 'look-around');
  own.close();
  const open = indexedDB.open.bind(indexedDB);
  const opened: string[] = [];
  indexedDB.open = (name, version) => {
    opened.push(name);
    if (name === lookAroundName) throw new DOMException('damaged', 'UnknownError');
    return open(name, version);
  };
  const shown = render(<App />);
  expect(await screen.findByText(/^Look around could not be opened\./)).toBeVisible();
  expect(await screen.findByRole('navigation', { name: 'Screens' })).toBeVisible();
  expect(screen.queryByText(/looking around/i)).toBeNull();
  shown.unmount();
  opened.length = 0;
  render(<App />);
  expect(await screen.findByRole('navigation', { name: 'Screens' })).toBeVisible();
  expect(opened).not.toContain(lookAroundName);
});
