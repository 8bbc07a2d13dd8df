import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { day, instant } from '../../../src/domain/time.ts';
import { aPhone, aPhoneWithPlan, makeMember, personOf, startedAt, type Phone } from '../../support/phone.tsx';

async function write(phone: Phone, kind: string, key: string, value: object): Promise<void> {
  const wrote = await phone.storage.records.write([{ kind, key, value, shown: null } as never]);
  if (!wrote.ok) throw new Error(wrote.error.tag);
}

const records = (phone: Phone, kind: 'contact-test' | 'contact-result') =>
  new Promise<readonly { readonly key: string; readonly value: unknown }[]>((resolve, reject) => {
    phone.storage.records.watchPrefix(kind, '').subscribe(resolve, (fault) => reject(new Error(fault.tag)));
  });

describe('the call tree on a phone', () => {
  it('[CALL-9] says what is missing before there is a plan', async () => {
    const phone = await aPhone();
    phone.open('/people/contact-test');
    expect(await screen.findByText('No plan on this device yet.')).toBeVisible();
  });

  it('[CALL-10] is walked on one phone: number, result with one press, the next; undone with one press', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/people/contact-test');
    await phone.user.click(await screen.findByRole('button', { name: 'Start a contact test' }));
    const card = () => screen.findByRole('region', { name: /^Next call/ });
    const first = (await card()).getAttribute('aria-label');
    expect(
      within(await card())
        .getAllByRole('link')[0]
        ?.getAttribute('href'),
    ).toMatch(/^(tel|sms|mailto):/);
    await phone.user.click(within(await card()).getByRole('button', { name: /^Message left/ }));
    await waitFor(async () => expect((await card()).getAttribute('aria-label')).not.toBe(first));
    const [result] = await records(phone, 'contact-result');
    expect(result?.value).toMatchObject({ result: 'message-left', by: await personOf(phone), means: 'phone' });
    expect(JSON.stringify(result)).not.toContain('+27');
    await phone.user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(async () => expect((await card()).getAttribute('aria-label')).toBe(first));
    await phone.user.click(screen.getByRole('button', { name: 'End it here' }));
    expect(await screen.findByText('nobody was called', { exact: false })).toBeVisible();
  });

  it('[CALL-11] sends the branch of who was not reached by the deputy, or by who called them', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/people/contact-test');
    await phone.user.click(await screen.findByRole('button', { name: 'Start a contact test' }));
    const card = within(await screen.findByRole('region', { name: /^Next call/ }));
    await phone.user.click(card.getByRole('button', { name: /^Not reached/ }));
    expect((await screen.findAllByText(/instead of .*, who was not reached/))[0]).toBeVisible();
  });

  it('[CALL-12] keeps the call where it can’t be saved', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/people/contact-test');
    await phone.user.click(await screen.findByRole('button', { name: 'Start a contact test' }));
    const card = await screen.findByRole('region', { name: /^Next call/ });
    const name = card.getAttribute('aria-label') ?? '';
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(within(card).getByRole('button', { name: /^Reached/ }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.getByRole('region', { name })).toBeVisible();
  });

  it('[CALL-13] shows others what came of the last calls and how long ago, and lets them put nothing down', async () => {
    const phone = await aPhoneWithPlan();
    await write(phone, 'person', 'sipho', { name: 'Sipho D.', contacts: [] });
    await write(phone, 'contact-test', 't1', {
      startedAt: instant(startedAt - 20 * day),
      endedAt: instant(startedAt - 20 * day),
      plan: null,
      incident: null,
      by: null,
    });
    await write(phone, 'contact-result', 't1/sipho', {
      result: 'not-reached',
      at: instant(startedAt - 20 * day),
      by: null,
      means: 'phone',
      note: null,
    });
    await makeMember(phone, 'responder');
    const opened = phone.open('/people/contact-test');
    expect(await screen.findByText('A coordinator starts a contact test.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Reached/ })).toBeNull();
    expect(screen.getByText('1 not reached', { exact: false })).toBeVisible();
    opened.unmount();
    phone.open('/people/person/sipho');
    expect(await screen.findByText('Last contact test: not reached 2 weeks ago')).toBeVisible();
  });
});

describe('your numbers', () => {
  async function withNumber(phone: Phone, verifiedAt: string | null): Promise<string> {
    const me = await personOf(phone);
    const contacts = [{ type: 'phone', value: '+27 31 000 0001', verifiedAt }];
    const before = await phone.storage.records.read('person', me);
    const wrote = await phone.storage.records.write([
      {
        kind: 'person',
        key: me,
        value: { name: 'Thandi M.', contacts },
        shown: before.ok ? before.value : null,
      } as never,
    ]);
    if (!wrote.ok) throw new Error(wrote.error.tag);
    return me;
  }

  it('[VERIFY-5] stand on Ready with their age; one press confirms all of them', async () => {
    const phone = await aPhoneWithPlan();
    const me = await withNumber(phone, instant(startedAt - 100 * day));
    phone.open('/now');
    expect(await screen.findByText('▲ old: checked 3 months ago')).toBeVisible();
    await phone.user.click(screen.getByRole('button', { name: 'All still right' }));
    expect(await screen.findByText('checked today')).toBeVisible();
    const read = await phone.storage.records.read('person', me);
    expect(read.ok && read.value?.value?.contacts[0]?.verifiedAt).toBe(instant(phone.ports.clock.now()));
  });

  it('[VERIFY-6] are asked for in Settings where there are none', async () => {
    const phone = await aPhone();
    phone.open('/settings');
    await phone.user.click(await screen.findByRole('button', { name: 'Add a number' }));
    await phone.user.type(await screen.findByLabelText('Number or address'), '+27 31 000 2222');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByRole('link', { name: /\+27 31 000 2222/ })).toBeVisible();
  });

  it('[VERIFY-7] keep their age where it can’t be saved, and are marked on others’ pages too', async () => {
    const phone = await aPhone();
    await withNumber(phone, null);
    await write(phone, 'person', 'sipho', {
      name: 'Sipho D.',
      contacts: [{ type: 'phone', value: '+27 31 000 0009', verifiedAt: null }],
    });
    const opened = phone.open('/settings');
    expect(await screen.findByText('▲ never checked')).toBeVisible();
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'All still right' }));
    expect((await screen.findAllByText(/Not saved/)).length).toBeGreaterThan(0);
    expect(screen.getByText('▲ never checked')).toBeVisible();
    opened.unmount();
    phone.open('/people/person/sipho');
    expect(await screen.findByText('▲ never checked')).toBeVisible();
  });
});
