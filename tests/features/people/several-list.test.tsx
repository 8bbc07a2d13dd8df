import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ServerApi } from '../../../src/domain/ports/server-api.ts';
import { err } from '../../../src/domain/result.ts';
import { readListFile } from '../../../src/features/people/read-list-file.ts';
import { aPhone, makeMember, type Phone } from '../../support/phone.tsx';

const name = 'Zoë Müller, responder';
const bytes = (...values: readonly number[]) => new Blob([Uint8Array.from(values)]);
const latin1 = bytes(...[...name].map((sign) => sign.charCodeAt(0)));
const utf16 = new Blob([Uint8Array.of(0xff, 0xfe), Uint16Array.from([...name].map((sign) => sign.charCodeAt(0)))]);

describe('a file with a list of people', () => {
  it.each([
    ['without a mark', new Blob([name])],
    ['with the mark of a spreadsheet', new Blob(['\ufeff', name])],
  ])('[INVITE-15] is read in UTF-8 %s', async (_, file) => {
    expect(await readListFile(file)).toEqual({ tag: 'text', text: name });
  });

  it.each([
    ['in the letters of one country', latin1, /not in UTF-8/],
    ['in UTF-16', utf16, /not in UTF-8/],
    ['that is a spreadsheet’s own', bytes(0x50, 0x4b, 0x03, 0x04, 0x14, 0x00), /another kind of file/],
    ['that is a picture', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), /another kind of file/],
    ['longer than any list', new Blob(['x'.repeat(1_000_001)]), /too long/],
    ['that goes away meanwhile', { size: 1, arrayBuffer: () => Promise.reject(new Error('gone')) }, /can’t be read/],
  ])('[INVITE-15] %s is refused, and what to do is said', async (_, file, words) => {
    expect(await readListFile(file as Blob)).toEqual({ tag: 'fault', words: expect.stringMatching(words) as string });
  });
});

async function coordinator(parts: Partial<ServerApi> = {}): Promise<Phone> {
  const phone = await aPhone();
  await makeMember(phone, 'coordinator');
  Object.assign(phone.ports, { server: { ...phone.ports.server, ...parts } });
  return phone;
}

const field = () => screen.findByLabelText('Names, access and roles');

describe('inviting several', () => {
  it('[INVITE-16] a file that is none is said at its field, and what was typed stays', async () => {
    const phone = await coordinator();
    phone.open('/people/invite-several');
    await phone.user.type(await field(), 'Ana Lind');
    await phone.user.upload(screen.getByLabelText('Or open a CSV file'), new File([latin1], 'list.csv'));
    expect(await screen.findByText(/This file is not in UTF-8/)).toBeVisible();
    expect(await field()).toHaveValue('Ana Lind');
  });

  it('[INVITE-17] what was pasted outlives a look at another screen, until its codes are made', async () => {
    const phone = await coordinator();
    let shown = phone.open('/people/invite-several');
    fireEvent.change(await field(), { target: { value: 'Ana Lind, observer' } });
    shown.unmount();
    await waitFor(async () => {
      const kept = await new Promise((resolve, reject) => {
        phone.storage.device.setting('unfinished').subscribe(resolve, reject);
      });
      expect(kept).toContain('Ana Lind');
    });
    shown = phone.open('/people/invite-several');
    expect(await field()).toHaveValue('Ana Lind, observer');
    await phone.user.click(screen.getByRole('button', { name: 'Check the list' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Make 1 code' }));
    await screen.findByText('1 code not made.');
    shown.unmount();
    phone.open('/people/invite-several');
    expect(await field()).toHaveValue('');
  });

  it('[INVITE-18] a server that can’t be reached is said once, one that refuses some is said with each', async () => {
    const phone = await coordinator();
    const shown = phone.open('/people/invite-several');
    fireEvent.change(await field(), { target: { value: 'Ana Lind\nBen Okoro\nCleo N.' } });
    await phone.user.click(screen.getByRole('button', { name: 'Check the list' }));
    await phone.user.click(await screen.findByRole('button', { name: 'Make 3 codes' }));
    expect(await screen.findByText('3 codes not made.')).toBeVisible();
    expect(screen.getAllByText(/The server did not answer/)).toHaveLength(1);
    shown.unmount();

    const refused = (status: number) => err({ tag: 'refused', status, code: 'x', detail: '' } as const);
    const answers = [refused(403), refused(429)];
    const other = await coordinator({ invite: () => Promise.resolve(answers.shift() ?? refused(403)) });
    other.open('/people/invite-several');
    fireEvent.change(await field(), { target: { value: 'Ana Lind\nBen Okoro' } });
    await other.user.click(screen.getByRole('button', { name: 'Check the list' }));
    await other.user.click(await screen.findByRole('button', { name: 'Make 2 codes' }));
    expect(await screen.findByText('Why stands below, with each.')).toBeVisible();
    expect(screen.getByText(/asked too often/)).toBeVisible();
    expect(screen.getByText(/coordinators only/)).toBeVisible();
  });
});

describe('where inviting is not possible', () => {
  it('[INVITE-19] looking around says that nobody can be invited into it', async () => {
    const phone = await aPhone('alone', 'look-around');
    phone.open('/people/invite');
    expect(await screen.findByText('You are only looking around.')).toBeVisible();
  });
});
