import { act, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, correctContact, makeMember, startedAt, type Phone } from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

const print = vi.fn<() => void>();
const role = 'payment-vendor';
// Setting pages takes a while where layout is played.
const patience = { timeout: 15_000 };
const slow = 60_000;

beforeEach(() => {
  print.mockReset();
  vi.stubGlobal('print', print);
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(tallPage);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('Print', () => {
  it(
    '[PRINT-30] says what will appear while this device has no plan',
    async () => {
      const phone = await aPhone();
      phone.open('/print');
      expect(await screen.findByText('No plan on this device yet.', {}, patience)).toBeVisible();
      expect(screen.getByRole('link', { name: 'Get a plan' })).toHaveAttribute('href', '/now');
      expect(screen.queryByText('What to print')).toBeNull();
    },
    slow,
  );

  it(
    '[PRINT-31] begins with the card of the own role, with its fields and fixed patterns',
    async () => {
      const phone = await aPhoneInIncident(role);
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      const card = within(screen.getByLabelText('Payment Vendor, page 1 of 1'));
      expect(card.getByText('Room 3B, Example House, Johannesburg')).toBeVisible();
      expect(card.getByText('Training room, Durban branch office (example)')).toBeVisible();
      expect(card.getByText(/version 1 \([0-9a-f]{8}\)/)).toBeVisible();
      expect(card.getAllByText('Transfer of role').length).toBeGreaterThan(0);
      expect(card.getByText('Collect comments for the review')).toBeVisible();
      expect(card.getByText('1. Thandi M.')).toBeVisible();
    },
    slow,
  );

  it(
    '[PRINT-32] names the incident, its code, T0 and the time of what is printed with zone',
    async () => {
      const phone = await aPhoneInIncident(role);
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      const sheet = screen.getByLabelText('Payment Vendor, page 1 of 1');
      expect(sheet).toHaveTextContent('Incident: Warehouse fire');
      expect(sheet).toHaveTextContent('Code dakumofi · T0 23 Nov 2026, 12:00 SAST');
      expect(sheet).toHaveTextContent('As of 23 Nov 2026, 12:10 SAST');
      expect(sheet).not.toHaveTextContent('EXERCISE');
    },
    slow,
  );

  it(
    '[PRINT-33] an exercise is unmistakable',
    async () => {
      const phone = await aPhoneInIncident(role, 'exercise');
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      expect(screen.getByLabelText('Payment Vendor, page 1 of 1')).toHaveTextContent('EXERCISE · not a real incident');
    },
    slow,
  );

  it(
    '[PRINT-34] prints what was chosen, once it is ready, and nothing when nothing is chosen',
    async () => {
      const phone = await aPhoneInIncident(role);
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      await phone.user.click(screen.getByLabelText(/^Role cards/));
      expect(screen.getByText('Choose what to print.')).toBeVisible();
      expect(screen.getByText('Print', { selector: 'button span' }).closest('button')).toBeDisabled();
      await phone.user.click(screen.getByLabelText(/^Blank log sheets/));
      await phone.user.click(screen.getByText('Print', { selector: 'button span' }));
      await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(1), patience);
      expect(screen.getByLabelText('Activity log, page 1 of 1')).toBeVisible();
      expect(screen.queryByLabelText('Payment Vendor, page 1 of 1')).toBeNull();
    },
    slow,
  );

  it(
    '[PRINT-35] remembers the paper on this device',
    async () => {
      const phone = await aPhoneInIncident(role);
      const shown = phone.open('/print');
      await phone.user.click(await screen.findByLabelText('Letter', {}, patience));
      await vi.waitFor(() => expect(screen.getByLabelText('Letter')).toBeChecked(), patience);
      await screen.findByText('1 page ready', {}, patience);
      shown.unmount();
      phone.open('/print');
      await vi.waitFor(() => expect(screen.getByLabelText('Letter')).toBeChecked(), patience);
    },
    slow,
  );

  it(
    '[PRINT-36] works without a connection, for an observer too',
    async () => {
      const phone = await aPhoneInIncident(role);
      await makeMember(phone, 'observer', [role]);
      phone.sync.say({ connection: 'offline' });
      phone.open('/print');
      expect(await screen.findByText('1 page ready', {}, patience)).toBeVisible();
      expect(screen.getByText('Print', { selector: 'button span' }).closest('button')).toBeEnabled();
    },
    slow,
  );

  it(
    '[PRINT-37] leaves the names blank where that is wanted',
    async () => {
      const phone = await aPhoneInIncident(role);
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      expect(screen.getByText('1. Thandi M.')).toBeVisible();
      await phone.user.click(screen.getByLabelText(/^Leave names blank/));
      await vi.waitFor(() => expect(screen.queryByText('1. Thandi M.')).toBeNull(), patience);
    },
    slow,
  );

  it(
    '[PRINT-39] the timeline says when a milestone was reached, and leaves room to write where none was',
    async () => {
      const phone = await aPhoneInIncident(role);
      const endedAt = instant(startedAt + 7 * minute);
      const written = await phone.storage.records.write(
        ['CMD-02', 'CMD-03', 'CMD-04'].map((code) => ({
          kind: 'task',
          key: `${phone.incident}/${code}`,
          value: { status: 'done', reason: null, startedAt: null, endedAt, by: null },
          shown: null,
        })),
      );
      expect(written.ok).toBe(true);
      phone.open('/print');
      await phone.user.click(await screen.findByRole('checkbox', { name: /^Timeline/ }, patience));
      const sheet = within(await screen.findByLabelText('Timeline, page 1 of 1', {}, patience));
      const reachedAt = (milestone: string) =>
        sheet.getByText(milestone).parentElement?.parentElement?.lastElementChild?.textContent;
      expect(reachedAt('Recovery team active and command post open')).toBe('0:0712:07');
      expect(reachedAt('Impact known, order of recovery set, site decided')).toBe('');
    },
    slow,
  );

  it(
    '[PRINT-62] a card on paper says in words what its coloured band is and which colour it has',
    async () => {
      const phone = await aPhoneInIncident('it-specialists');
      phone.open('/print');
      expect(await screen.findByLabelText('IT Specialists, page 1 of 1', {}, patience)).toHaveTextContent(
        '← The colour of your vest: red, for operations',
      );
    },
    slow,
  );

  it(
    '[PRINT-61] a print has one time, that of its reports and of the timeline’s now, and pressing Print takes a new one',
    async () => {
      const phone = await aPhoneInIncident(role);
      phone.open('/print');
      await phone.user.click(await screen.findByRole('checkbox', { name: /^Timeline/ }, patience));
      const times = async () => {
        const sheets = await screen.findAllByLabelText(/, page 1 of 1$/, {}, patience);
        const all = sheets.map(({ textContent }) => textContent).join(' ');
        return [...new Set([...all.matchAll(/(?:As of 23 Nov 2026, |now )(\d\d:\d\d)/g)].map(([, time]) => time))];
      };
      await screen.findByLabelText('Timeline, page 1 of 1', {}, patience);
      expect(await times()).toEqual(['12:10']);
      phone.setNow(startedAt + 30 * minute);
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
      expect(await times()).toEqual(['12:10']);
      await phone.user.click(screen.getByText('Print', { selector: 'button span' }));
      await vi.waitFor(() => expect(print).toHaveBeenCalledTimes(1), patience);
      expect(await times()).toEqual(['12:30']);
    },
    slow,
  );

  it(
    '[PRINT-60] the contact sheet of an incident names who works in a role now, with what reaches them',
    async () => {
      const phone = await aPhoneInIncident(role);
      const shown = await phone.storage.records.read('person', phone.person);
      if (!shown.ok || shown.value?.value == null) throw new Error('nobody');
      const contacts = [{ type: 'phone', value: '+27 31 000 1111', verifiedAt: null }] as const;
      await phone.storage.records.write([
        {
          kind: 'person',
          key: phone.person,
          value: { ...shown.value.value, contacts: [...contacts] },
          shown: shown.value,
        },
      ]);
      const sheet = await contactSheetOf(phone);
      expect(sheet).toHaveTextContent('Works now: Thandi M., +27 31 000 1111');
    },
    slow,
  );

  it(
    '[PRINT-64] a number that was put right in a later version is on the sheets of an open incident, which say so',
    async () => {
      const phone = await aPhoneInIncident(role);
      await correctContact(phone, 'sponsor', '+27 00 000 0301');
      const sheet = await contactSheetOf(phone);
      expect(sheet).toHaveTextContent('As put right in version 2 of the plan.');
      expect(sheet).toHaveTextContent('+27 00 000 0301');
      expect(sheet).not.toHaveTextContent('+27 00 000 0201');
      expect(sheet).toHaveTextContent('version 1 (');
    },
    slow,
  );

  it(
    '[PRINT-38] prints a vendor’s part of the plan, without the organisation’s own pages',
    async () => {
      const phone = await aVendorPhone([role]);
      phone.open('/print');
      await screen.findByText('1 page ready', {}, patience);
      const sheet = screen.getByLabelText('Payment Vendor, page 1 of 1');
      expect(sheet).toHaveTextContent('Part of a plan');
      expect(sheet).toHaveTextContent('Join the bridge and hold settlement');
      expect(sheet).toHaveTextContent('After TEC-01 (a role of the organisation)');
      expect(sheet).not.toHaveTextContent('Online marketplace recovery');
    },
    slow,
  );
});

/** There is no layout here: a page has room for everything. */
function tallPage(this: HTMLElement): DOMRect {
  return { height: this.dataset['measure'] === 'area' ? 1000 : 0 } as DOMRect;
}

async function contactSheetOf(phone: Phone): Promise<HTMLElement> {
  phone.open('/print');
  await screen.findByText('1 page ready', {}, patience);
  await phone.user.click(screen.getByLabelText(/^Role cards/));
  await phone.user.click(screen.getByLabelText(/^Contact sheet/));
  return await screen.findByLabelText(/^Contact sheet, page 1/, {}, patience);
}
