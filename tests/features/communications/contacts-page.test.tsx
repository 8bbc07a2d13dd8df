import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { PersonId, PlanHash } from '../../../src/domain/ids.ts';
import { instant } from '../../../src/domain/time.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import { publishVersion } from '../../../src/parts/activation.ts';
import { contact, smallPlanItems, versionOf } from '../../support/plan-items.ts';
import {
  aPhone,
  aPhoneInIncident,
  aPhoneWithPlan,
  correctContact,
  makeMember,
  personOf,
  type Phone,
} from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Contacts', () => {
  it('[CONT-1] without a plan it says what will appear', async () => {
    const phone = await aPhone();
    phone.open('/contacts');
    expect(await screen.findByText(/The contacts of the plan appear here/)).toBeVisible();
  });

  it('[CONT-2] a plan without contacts says so', async () => {
    const phone = await aPhone();
    await publish(phone, smallPlanItems());
    phone.open('/contacts');
    expect(await screen.findByText('This copy of the plan has no contacts.')).toBeVisible();
  });

  it('[CONT-3] is found by a word, and called with one press from the list', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/contacts');
    expect(await screen.findByText('37 of 37')).toBeVisible();
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'nomsa' } });
    const list = screen.getByLabelText('Contacts');
    expect(list.children).toHaveLength(1);
    expect(within(list).getByText('Call').closest('a')).toHaveAttribute('href', 'tel:+27000000201');
    fireEvent.change(screen.getByLabelText('Search'), { target: { value: 'nobody at all' } });
    expect(screen.getByText('No contact fits.')).toBeVisible();
  });

  it('[CONT-4] narrows to a role, one’s own first', async () => {
    const phone = await aPhoneInIncident('legal-compliance');
    phone.open('/contacts');
    const select = await screen.findByLabelText('Needed by');
    expect(select.children[1]).toHaveTextContent('Legal and Compliance Lead (yours)');
    fireEvent.change(select, { target: { value: 'legal-compliance' } });
    const shown = Number(/^(\d+) of 37$/.exec(screen.getByText(/ of 37$/).textContent)?.[1]);
    expect(shown).toBeGreaterThan(0);
    expect(shown).toBeLessThan(37);
  });

  it('[CONT-5] every way stands in the order of PACE, with its date, to call or to copy', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/contacts/sponsor');
    const ways = await screen.findByLabelText('Ways to reach');
    const words = [...ways.children].map(({ textContent }) => textContent);
    expect(words.map((each) => /^(Primary|Alternate|Contingency|Emergency)/.exec(each)?.[0])).toEqual([
      'Primary',
      'Alternate',
      'Contingency',
      'Emergency',
    ]);
    expect(words[0]).toContain('verified 2026-11-02');
    expect(within(ways).getByLabelText('Mail sponsor@marketplace.example')).toHaveAttribute(
      'href',
      'mailto:sponsor@marketplace.example',
    );
    expect(within(ways).queryByLabelText('Call @sponsor')).toBeNull();
    await phone.user.click(within(ways).getByLabelText('Copy @sponsor'));
    expect((await screen.findAllByText('Copied @sponsor'))[0]).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe('@sponsor');
  });

  it('[CONT-6] a person’s own verified contacts are shown instead of the plan’s', async () => {
    const phone = await aPhone();
    const person = await personOf(phone);
    await publish(phone, [...smallPlanItems(), contact('me', { name: 'Thandi', person })]);
    phone.open('/contacts/me');
    const ways = await screen.findByLabelText('Ways to reach');
    expect(within(ways).getByText('+27 00 000 0002')).toBeVisible();
    const written = await phone.storage.records.write([
      {
        kind: 'person',
        key: person,
        value: {
          name: 'Thandi M.',
          contacts: [
            {
              type: 'phone',
              value: '+27 82 1',
              verifiedAt: instant(Date.parse('2026-11-20T08:00:00.000Z')),
              pace: 'primary',
            },
          ],
        },
        shown: null,
      },
    ]);
    expect(written.ok).toBe(true);
    expect(await within(ways).findByText('+27 82 1')).toBeVisible();
    expect(screen.queryByText('+27 00 000 0002')).toBeNull();
    expect(screen.getByText('checked 3 days ago')).toBeVisible();
  });

  it('[CONT-7] what a plan calls a web page is a link only if it is one', async () => {
    const phone = await aPhone();
    const means = [
      { pace: 'primary', type: 'web', value: 'javascript:alert(1)' },
      { pace: 'alternate', type: 'phone', value: 'javascript:alert(2)' },
      { pace: 'emergency', type: 'web', value: 'https://status.shop.example/' },
    ];
    await publish(phone, [...smallPlanItems(), contact('host', { means })]);
    phone.open('/contacts/host');
    const ways = await screen.findByLabelText('Ways to reach');
    expect(within(ways).getByText('javascript:alert(1)')).toBeVisible();
    const hrefs = [...document.querySelectorAll('main a[href]')].map((link) => link.getAttribute('href'));
    expect(hrefs).toContain('https://status.shop.example/');
    expect(hrefs.filter((href) => href?.includes('javascript'))).toEqual([]);
  });

  it('[CONT-9] a wrong number: a responder logs it in an incident, and is told who puts it right', async () => {
    const phone = await aPhoneInIncident();
    await makeMember(phone, 'responder', ['it-specialists']);
    phone.open('/contacts/sponsor');
    expect(await screen.findByText(/A coordinator puts it right: tell one/)).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Put it right in the plan' })).toBeNull();
    await phone.user.click(screen.getByRole('button', { name: 'Put it in the log…' }));
    const field = await screen.findByLabelText('What happened');
    expect(field).toHaveValue('Contact Nomsa Sample (example): wrong number ');
    await phone.user.type(field, '0201, right is 0301');
    await phone.user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findAllByText('Message saved'))[0]).toBeVisible();
  });

  it('[CONT-10] a coordinator puts it right, and the number shows in the incident that is worked by an earlier version', async () => {
    const phone = await aPhoneInIncident(null);
    phone.open('/contacts/sponsor');
    expect(await screen.findByRole('link', { name: 'Put it right in the plan' })).toHaveAttribute(
      'href',
      '/draft/contact/sponsor',
    );
    await correctContact(phone, 'sponsor', '+27 00 000 0301');
    expect(await screen.findByText('As put right in version 2 of the plan.')).toBeVisible();
    expect(within(screen.getByLabelText('Ways to reach')).getByText('+27 00 000 0301')).toBeVisible();
    expect(screen.queryByText('+27 00 000 0201')).toBeNull();
  });

  it('[CONT-8] a vendor sees the contacts that its role needs, and no others', async () => {
    const phone = await aVendorPhone(['hosting-vendor']);
    phone.open('/contacts');
    expect(await screen.findByText('Command post, Room 3B')).toBeVisible();
    expect(screen.queryByText('Nomsa Sample (example)')).toBeNull();
  });
});

async function publish(phone: Phone, items: ReturnType<typeof smallPlanItems>): Promise<void> {
  const version = versionOf(items);
  const hash: PlanHash = planHash(version);
  const by: PersonId = await personOf(phone);
  const written = await phone.storage.records.write([publishVersion({ ...version, hash }, by)]);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
}
