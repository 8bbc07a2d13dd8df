import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Encryption } from '../../../src/domain/ports/encryption.ts';
import { ok } from '../../../src/domain/result.ts';
import { setPin } from '../../../src/parts/screen-lock.ts';
import { aPhone, type Phone } from '../../support/phone.tsx';

type Told = { readonly on: string[]; readonly off: number[]; readonly changed: (readonly [string, string])[] };

/** What the browser's storage would do next is shown by the browser suite; here the storage says what a test tells it to. */
function encryptionOf(phone: Phone, state: 'off' | 'on', more: Partial<Encryption> = {}): Told {
  const told: Told = { on: [], off: [], changed: [] };
  const encryption: Encryption = {
    state: async () => state,
    turnOn: async (passphrase) => {
      told.on.push(passphrase);
      return { tag: 'storage-blocked' };
    },
    turnOff: async () => {
      told.off.push(1);
      return { tag: 'storage-blocked' };
    },
    change: async (before, after) => {
      told.changed.push([before, after]);
      return ok({ changed: true });
    },
    lock: () => undefined,
    ...more,
  };
  Object.assign(phone.ports, { encryption: async () => encryption });
  return told;
}

async function openDialog(phone: Phone, button: string, title: string) {
  phone.open('/settings');
  await phone.user.click(await screen.findByRole('button', { name: button }));
  return within(await screen.findByRole('dialog', { name: title }));
}

describe('encryption in Settings', () => {
  it('[SEAL-18] takes a passphrase only that is long, not plain, typed twice alike and known to be nobody’s to recover', async () => {
    const phone = await aPhone();
    const told = encryptionOf(phone, 'off');
    const dialog = await openDialog(phone, 'Encrypt with a passphrase…', 'Encrypt this device');
    expect(dialog.getByText(/^This device works alone: all your work is lost then\./)).toBeVisible();
    const encrypt = dialog.getByRole('button', { name: 'Encrypt' });
    expect(encrypt).toBeDisabled();
    await phone.user.click(dialog.getByLabelText(/^I know that nobody can recover/));
    const [first, again] = [dialog.getByLabelText('New passphrase'), dialog.getByLabelText('The same again')];
    for (const [typed, twice, fault] of [
      ['heron', 'heron', 'At least 12 characters.'],
      ['abababababab', 'abababababab', 'Too easy to guess: use several words.'],
      ['five grey herons', 'five gray herons', 'The two are not the same.'],
    ] as const) {
      await phone.user.clear(first);
      await phone.user.clear(again);
      await phone.user.type(first, typed);
      await phone.user.type(again, twice);
      await phone.user.click(encrypt);
      expect(await dialog.findByText(fault)).toBeVisible();
    }
    expect(told.on).toEqual([]);
    await phone.user.clear(again);
    await phone.user.type(again, 'five grey herons{Enter}');
    expect(await dialog.findByText(/^Holdfast is open in another tab/)).toBeVisible();
    expect(told.on).toEqual(['five grey herons']);
  });

  it('[SEAL-18] suggests words, shows them, and has them typed once more', async () => {
    const phone = await aPhone();
    const told = encryptionOf(phone, 'off');
    const dialog = await openDialog(phone, 'Encrypt with a passphrase…', 'Encrypt this device');
    await phone.user.click(dialog.getByRole('button', { name: 'Suggest six words' }));
    const first = dialog.getByLabelText<HTMLInputElement>('New passphrase');
    expect(first).toHaveAttribute('type', 'text');
    expect(first.value.split(' ')).toHaveLength(6);
    expect(dialog.getByLabelText('The same again')).toHaveValue('');
    await phone.user.click(dialog.getByLabelText(/^I know that nobody can recover/));
    await phone.user.click(dialog.getByRole('button', { name: 'Encrypt' }));
    expect(await dialog.findByText('The two are not the same.')).toBeVisible();
    expect(told.on).toEqual([]);
  });

  it('[SEAL-18] says a wrong passphrase where it is to be changed, and how long to wait', async () => {
    const phone = await aPhone();
    encryptionOf(phone, 'on', { change: async () => ok({ changed: false, wait: 15_000 }) });
    const dialog = await openDialog(phone, 'Change the passphrase…', 'Change the passphrase');
    await phone.user.type(dialog.getByLabelText('Passphrase so far'), 'not it');
    await phone.user.type(dialog.getByLabelText('New passphrase'), 'six white swans');
    await phone.user.type(dialog.getByLabelText('The same again'), 'six white swans');
    await phone.user.click(dialog.getByRole('button', { name: 'Change it' }));
    expect(await dialog.findByText(/^That is not the passphrase\. Try again in .*15/)).toBeVisible();
  });

  it('[SEAL-18] asks for the PIN first, where one is set: nobody else locks a person out of their own device', async () => {
    const phone = await aPhone();
    encryptionOf(phone, 'off');
    await setPin(phone.ports.device, phone.ports.random, { pin: '2468', after: 0 });
    phone.open('/settings');
    await phone.user.type(await screen.findByLabelText('PIN'), '2468');
    await phone.user.click(screen.getByRole('button', { name: 'Open' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Encrypt with a passphrase…' }));
    expect(await screen.findByRole('dialog', { name: 'Your PIN, please' })).toBeVisible();
    expect(screen.queryByRole('dialog', { name: 'Encrypt this device' })).toBeNull();
  });
});
