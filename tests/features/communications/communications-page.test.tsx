import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, makeMember, startedAt } from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Communications', () => {
  it('[COM-1] without a plan it says what will appear', async () => {
    const phone = await aPhone();
    phone.open('/communications');
    expect(await screen.findByText(/The communication procedures of the plan appear here/)).toBeVisible();
  });

  it('[COM-2] with only a plan it can be read; times come with the activation', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/communications/customers');
    expect(await screen.findByText(/When the plan is activated, the next update/)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Customers' })).toBeInTheDocument();
    await open('First notice');
    expect(await screen.findByText(/^Still open:/)).toBeVisible();
    expect(textField().value).toContain('[time of activation]');
    expect(screen.queryByText('Record as sent')).toBeNull();
  });

  it('[COM-3] says first which update is due next, counted from T0', async () => {
    const phone = await aPhoneInIncident();
    phone.setNow(startedAt + 18 * minute);
    phone.open('/communications');
    expect(await screen.findByText('Next update to all roles due in 12 min.')).toBeVisible();
    const due = screen.getByLabelText('Updates due next');
    expect(within(due).getByText('Customers').closest('a')).toHaveAttribute('href', '/communications/customers');
    expect(within(due).getAllByText(/due in 42 min · 13:00 · by Status page and social platforms/)[0]).toBeVisible();
  });

  it('[COM-4] fills a template from the incident, names what is open, and copies what a person made of it', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/communications/customers');
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    expect(textField().value).toContain('Since 23 Nov 2026, 12:00 SAST parts of our marketplace');
    expect(textField().value).toContain('Not working now: [systems that are down]');
    expect(screen.getByText(/systems that are down\. It stands in \[brackets\]/)).toBeVisible();
    fireEvent.change(textField(), { target: { value: 'Search is down.' } });
    expect(screen.queryByText(/^Still open:/)).toBeNull();
    await phone.user.click(screen.getByText('Copy'));
    expect((await screen.findAllByText('Copied'))[0]).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe('Our marketplace is not fully available\n\nSearch is down.');
    const mail = screen.getByText('Mail').closest('a');
    expect(mail).toHaveAttribute(
      'href',
      'mailto:?subject=Our%20marketplace%20is%20not%20fully%20available&body=Search%20is%20down.',
    );
    await phone.user.click(screen.getByText('Take the template again'));
    expect(textField().value).toContain('[systems that are down]');
  });

  it('[COM-5] where copying is not allowed it says so and what to do', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/communications/customers');
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    const { clipboard } = navigator;
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    fireEvent.click(screen.getByText('Copy'));
    expect((await screen.findAllByText(/^Not copied: this browser does not let the app/))[0]).toBeVisible();
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  });

  it('[COM-6] records what was sent as a message in the log: audience, channel, words, who', async () => {
    const phone = await aPhoneInIncident('communications-officer');
    phone.open('/communications/customers');
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    await phone.user.click(screen.getByText('Record as sent'));
    expect(await screen.findByText('Recorded as sent 12:10.')).toBeVisible();
    const [entry] = (await logOf(phone)).filter(({ type }) => type === 'message');
    expect(entry).toMatchObject({
      at: instant(startedAt + 10 * minute),
      by: phone.person,
      role: 'communications-officer',
      text: expect.stringMatching(/^Sent “First notice” to Customers by Status page and e-mail\.\nOur marketplace/),
    });
    expect(phone.sync.nudges()).toContain('wrote');
  });

  it('[COM-7] a record that fails is said loudly and the words stay', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/communications/customers');
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    fireEvent.change(textField(), { target: { value: 'Kept.' } });
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByText('Record as sent'));
    expect((await screen.findAllByText(/Not saved\./))[0]).toBeVisible();
    expect(textField()).toHaveValue('Kept.');
    expect(screen.queryByText(/^Recorded as sent/)).toBeNull();
  });

  it('[COM-8] an exercise marks its messages, offline is calm', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    phone.sync.say({ connection: 'offline', unsent: 3, lastSentAt: instant(startedAt) });
    phone.open('/communications/customers');
    expect(await screen.findByText('EXERCISE · not a real incident')).toBeVisible();
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    expect(textField().value).toMatch(/^EXERCISE EXERCISE EXERCISE: this is not a real incident\./);
    expect(screen.getByText(/3 to send · last sent 12:00$/)).toBeVisible();
  });

  it('[COM-9] an observer reads and copies, but records nothing', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'observer');
    phone.open('/communications/customers');
    await screen.findByRole('heading', { name: 'Customers' });
    await open('First notice');
    expect(await screen.findByText('Copy')).toBeVisible();
    expect(screen.queryByText('Record as sent')).toBeNull();
  });

  it('[COM-10] a vendor’s copy without procedures says so and still leads to its contacts', async () => {
    const phone = await aVendorPhone(['hosting-vendor']);
    phone.open('/communications');
    expect(await screen.findByText('This copy of the plan has no communication procedures.')).toBeVisible();
    expect(screen.getByText('Call, write, send a text').closest('a')).toHaveAttribute('href', '/contacts');
  });
});

async function open(title: string): Promise<void> {
  const details = (await screen.findByText(title)).closest('details');
  if (details === null) throw new Error(`${title} is no template`);
  details.open = true;
  fireEvent(details, new Event('toggle'));
  await screen.findByLabelText('Text');
}

function textField(): HTMLTextAreaElement {
  return screen.getByLabelText<HTMLTextAreaElement>('Text');
}

async function logOf(
  phone: Awaited<ReturnType<typeof aPhoneInIncident>>,
): Promise<readonly { readonly type: string }[]> {
  return new Promise((resolve, reject) => {
    const leave = phone.storage.records.watchPrefix('log', `${phone.incident}/`).subscribe(
      (entries) => {
        resolve(entries.flatMap(({ value }) => (value === null ? [] : [value])));
        queueMicrotask(() => leave());
      },
      (fault) => reject(new Error(fault.tag)),
    );
  });
}
