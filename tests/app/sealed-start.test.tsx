import '../support/browser-gaps.ts';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IDBFactory } from 'fake-indexeddb';
import { App } from '../../src/app/app.tsx';
import { ownPlace } from '../../src/app/create-encryption.ts';
import { openOwnLife } from '../../src/app/open-life.ts';
import { turnSealOff } from '../../src/storage/turn-seal.ts';
import { failAfter } from '../storage/support/failing-disk.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { choose, passphrase, unlockAndFinish } from '../storage/support/sealed-phone.ts';

let restoreDisk = (): void => undefined;
beforeEach(() => vi.stubGlobal('indexedDB', new IDBFactory()));
afterEach(() => {
  restoreDisk();
  window.history.replaceState(null, '', '/');
});

/** A device of its own, whose person chose a passphrase. */
async function chosen(): Promise<void> {
  const own = valueOf(await openOwnLife());
  valueOf(await own.ports.device.startAlone('Ana'));
  own.close();
  await choose(ownPlace());
}

async function give(typed: string, button = 'Open'): Promise<void> {
  await userEvent.type(await screen.findByLabelText('Passphrase'), typed);
  await userEvent.click(screen.getByRole('button', { name: button }));
}

const navigation = () => screen.findByRole('navigation', { name: 'Screens' });

describe('the opening of a sealed device', () => {
  it('[SEAL-16] asks for the passphrase before anything is shown, says a wrong one, makes one wait, and shows what is typed if asked', async () => {
    await chosen();
    await unlockAndFinish(ownPlace());
    render(<App />);
    expect(await screen.findByRole('heading', { name: 'This device is encrypted' })).toBeVisible();
    const field = screen.getByLabelText('Passphrase');
    expect(field).toHaveFocus();
    expect(field).toHaveAttribute('type', 'password');
    await userEvent.click(screen.getByLabelText('Show what I type'));
    expect(field).toHaveAttribute('type', 'text');
    for (let tries = 0; tries < 5; tries += 1) {
      await give('x');
      expect(await screen.findByText('That is not the passphrase.')).toBeVisible();
    }
    expect(await screen.findByRole('timer')).toHaveTextContent(/^Try again in .* Nothing is deleted\.$/);
    expect(screen.getByRole('button', { name: 'Open' })).toBeDisabled();
    expect(screen.queryByRole('navigation', { name: 'Screens' })).toBeNull();
  });

  it('[SEAL-16] opens with the right one', async () => {
    await chosen();
    await unlockAndFinish(ownPlace());
    const shown = render(<App />);
    await give(passphrase);
    expect(await navigation()).toBeVisible();
    shown.unmount();
  });

  it('[SEAL-17] goes on to the app where encrypting could not be ended, and says so', async () => {
    await chosen();
    const shown = render(<App />);
    expect(await screen.findByRole('heading', { name: 'Type the passphrase once more' })).toBeVisible();
    // the try, the right one, and then no room for rows
    restoreDisk = failAfter(2, 'QuotaExceededError');
    await give(passphrase, 'Encrypt and open');
    expect(await screen.findByText(/^Not finished\. The storage of this device is full\./)).toBeVisible();
    expect(await navigation()).toBeVisible();
    restoreDisk();
    shown.unmount();
    await unlockAndFinish(ownPlace());
  });

  it('[SEAL-17] asks nothing once it was turned off, and does not begin again and again where that opens nothing', async () => {
    await chosen();
    valueOf(await turnSealOff(ownPlace()));
    const shown = render(<App />);
    expect(await navigation()).toBeVisible();
    shown.unmount();
    // a schema that this app does not know, of an app that knows seals
    const newer = indexedDB.open('holdfast', 29_990);
    await new Promise((resolve) => (newer.onsuccess = resolve));
    newer.result.close();
    const after = render(<App />);
    expect(await screen.findByRole('heading', { name: 'A newer Holdfast has worked on this device.' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible());
    after.unmount();
  });
});
