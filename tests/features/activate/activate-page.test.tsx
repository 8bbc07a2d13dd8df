import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { incidentId } from '../../../src/domain/incident/incident-id.ts';
import { instant, minute } from '../../../src/domain/time.ts';
import { aPhone, aPhoneInIncident, aPhoneWithPlan, makeMember, startedAt } from '../../support/phone.tsx';
import { aVendorPhone } from '../../support/vendor-phone.ts';

describe('Activate', () => {
  it('[ACT-1] without a plan it offers one instead', async () => {
    const phone = await aPhone();
    phone.open('/activate');
    expect(await screen.findByRole('button', { name: 'Use the built-in plan' })).toBeVisible();
  });

  it('[ACT-2] works offline: the incident and the decision are on disk, and Now opens', async () => {
    const phone = await aPhoneWithPlan();
    phone.sync.say({ connection: 'offline' });
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Incident/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Warehouse fire, Durban');
    const code = screen.getByLabelText('Incident code');
    await phone.user.clear(code);
    await phone.user.type(code, 'Daku Mofi');
    const when = screen.getByLabelText(/^When it began, T0 \(SAST\)/);
    expect(when).toHaveValue('12:10');
    await phone.user.clear(when);
    await phone.user.type(when, '11:40');
    await phone.user.click(screen.getByRole('button', { name: 'Activate the plan' }));
    expect(await screen.findByText('T+ 00:30')).toBeVisible();
    const { hash } = await phone.ports.builtInPlan();
    const id = incidentId(hash, 'incident', 'dakumofi');
    const saved = await phone.storage.records.read('incident', id);
    expect(saved.ok && saved.value?.value).toMatchObject({
      mode: 'incident',
      code: 'dakumofi',
      title: 'Warehouse fire, Durban',
      startedAt: instant(startedAt - 20 * minute),
      zone: 'Africa/Johannesburg',
      status: 'active',
    });
  });

  it('[ACT-10] T0 is a whole minute, so that no time that counts from it looks a minute off', async () => {
    const phone = await aPhoneWithPlan();
    phone.setNow(startedAt + 10 * minute + 41_250);
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Exercise/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Drill');
    const code = screen.getByLabelText('Incident code');
    await phone.user.clear(code);
    await phone.user.type(code, 'dakumofi');
    await phone.user.click(screen.getByRole('button', { name: 'Start the exercise' }));
    expect(await screen.findByText('T+ 00:00')).toBeVisible();
    const { hash } = await phone.ports.builtInPlan();
    const saved = await phone.storage.records.read('incident', incidentId(hash, 'exercise', 'dakumofi'));
    expect(saved.ok && saved.value?.value?.startedAt).toBe(instant(startedAt + 10 * minute));
  });

  it('[ACT-8] a T0 that can’t be meant is said at the field and nothing is begun', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Incident/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Warehouse fire, Durban');
    await phone.user.selectOptions(screen.getByLabelText('Day'), 'Another day');
    const activateAt = async (date: string) => {
      fireEvent.change(screen.getByLabelText('Date'), { target: { value: date } });
      await phone.user.click(screen.getByRole('button', { name: 'Activate the plan' }));
    };
    await activateAt('9999-12-31');
    expect(screen.getByText('That is still to come.')).toBeVisible();
    await activateAt('1970-01-01');
    expect(screen.getByText('That is more than 31 days ago. Look at the date.')).toBeVisible();
    await activateAt('2026-10-22');
    expect(screen.getByText('That is more than 31 days ago. Look at the date.')).toBeVisible();
    await activateAt('2026-10-24');
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
  });

  it('[ACT-3] doesn’t begin before it is said whether it is real, and what it is called', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('button', { name: 'Activate the plan' }));
    expect(screen.getByText('Choose whether this is real.')).toBeVisible();
    await waitFor(() => expect(screen.getByRole('radio', { name: /^Incident/ })).toHaveFocus());
    expect(screen.getByText('Give it a title that everybody recognises.')).toBeVisible();
    expect(window.location.pathname).toBe('/activate');
  });

  it('[ACT-4] offers a code of four sayable syllables and refuses one that can’t be said', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/activate');
    const code = await screen.findByLabelText<HTMLInputElement>('Incident code');
    expect(code.value).toMatch(/^([bdfgklmnprstvz][aeiou]){4}$/);
    await phone.user.clear(code);
    await phone.user.type(code, '1234');
    expect(screen.getByText(/Letters only/)).toBeVisible();
  });

  it('[ACT-5] a code heard over the radio opens the incident that is here already, instead of a second one', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Incident/ }));
    const code = screen.getByLabelText('Incident code');
    await phone.user.clear(code);
    await phone.user.type(code, 'dakumofi');
    expect(screen.getByText('“Warehouse fire” has this code.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Activate the plan' })).toBeDisabled();
    await phone.user.click(screen.getByRole('button', { name: 'Open it' }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
  });

  it('[ACT-6] says who may activate to somebody whose role may not', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder', ['it-specialists']);
    phone.open('/activate');
    expect(await screen.findByText('Your role does not activate this plan.')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Who may activate' })).toBeVisible();
    expect(screen.getByText(/The plan names who may: Executive Sponsor, Recovery Coordinator/)).toBeVisible();
    const coordinators = screen.getByRole('list', { name: 'Recovery Coordinator' });
    expect(within(coordinators).getByText('Thandi Example (example)')).toBeVisible();
    const ways = within(coordinators)
      .getAllByRole('link')
      .map((link) => link.getAttribute('href') ?? '');
    expect(ways.some((href) => href.startsWith('tel:'))).toBe(true);
    expect(screen.queryByRole('button', { name: 'Activate the plan' })).toBeNull();
  });

  it('[ACT-11] no screen offers an activation to who may not: it offers who may', async () => {
    const phone = await aPhoneWithPlan();
    await makeMember(phone, 'responder', ['it-specialists']);
    const opened = phone.open('/checklist');
    expect(await screen.findByRole('link', { name: 'Who may activate' })).toHaveAttribute('href', '/activate');
    opened.unmount();
    phone.open('/more');
    expect(await screen.findByRole('link', { name: /^Who may activate/ })).toBeVisible();
    expect(screen.queryByRole('link', { name: /^Activate a plan Start/ })).toBeNull();
  });

  it('[ACT-14] while an incident is open, the way to an activation says that it starts another one, or who may', async () => {
    const phone = await aPhoneInIncident();
    const opened = phone.open('/more');
    const ways = await screen.findAllByRole('link', { name: /^Activate another/ });
    expect(ways).toHaveLength(2);
    expect(screen.queryByRole('link', { name: /^Activate a plan/ })).toBeNull();
    opened.unmount();
    await makeMember(phone, 'responder', ['it-specialists']);
    phone.open('/more');
    await waitFor(() => expect(screen.getAllByRole('link', { name: /^Who may activate/ })).toHaveLength(2));
  });

  it('[ACT-12] a vendor is told to call its coordinator, with no contacts but those it may see', async () => {
    const phone = await aVendorPhone(['payment-vendor']);
    phone.open('/activate');
    expect(await screen.findByText('Your role does not activate this plan.')).toBeVisible();
    expect(screen.queryByText(/Thandi Example/)).toBeNull();
  });

  it('[ACT-13] says before a start how many contacts are still examples', async () => {
    const phone = await aPhoneWithPlan();
    const opened = phone.open('/activate');
    expect(await screen.findByText('36 contacts and 31 holders of roles are still examples.')).toBeVisible();
    opened.unmount();
    const ready = phone.open('/now');
    expect(await screen.findByText(/are still examples\.$/)).toBeVisible();
    ready.unmount();
    phone.open('/plan');
    expect(await screen.findByText(/are still examples\.$/)).toBeVisible();
  });

  it('[ACT-7] a write that fails keeps the form as it was', async () => {
    const phone = await aPhoneWithPlan();
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Exercise/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Spring drill');
    phone.failWrites({ tag: 'storage-full' });
    await phone.user.click(screen.getByRole('button', { name: 'Start the exercise' }));
    expect((await screen.findAllByText(/Not saved\. The storage of this device is full/))[0]).toBeVisible();
    expect(screen.getByLabelText('Title')).toHaveValue('Spring drill');
  });

  it('[ACT-9] while one is open it is named, opened with one press, and a second real one is asked about', async () => {
    const phone = await aPhoneInIncident('it-specialists', 'exercise');
    phone.open('/activate');
    expect(await screen.findByText('The exercise “Warehouse fire” is still open.')).toBeVisible();
    await phone.user.click(screen.getByRole('radio', { name: /^Incident/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Flood');
    await phone.user.click(screen.getByRole('button', { name: 'Activate the plan' }));
    const dialog = await screen.findByRole('dialog', { name: 'Start a real incident beside it?' });
    expect(window.location.pathname).toBe('/activate');
    await phone.user.click(within(dialog).getByRole('button', { name: 'Start it' }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    const switcher = await screen.findByRole('link', { name: '1 more open' });
    await phone.user.click(switcher);
    await phone.user.click(await screen.findByRole('button', { name: /^Warehouse fire/ }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    expect(await screen.findByText('EXERCISE · not a real incident')).toBeVisible();
  });

  it('[ACT-10] a second exercise needs no question, and the open one is gone back to from the form', async () => {
    const phone = await aPhoneInIncident();
    phone.open('/activate');
    await phone.user.click(await screen.findByRole('radio', { name: /^Exercise/ }));
    await phone.user.type(screen.getByLabelText('Title'), 'Spring drill');
    await phone.user.click(screen.getByRole('button', { name: 'Start the exercise' }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    await phone.user.click(screen.getByRole('link', { name: 'Activate another' }));
    expect(await screen.findByRole('heading', { name: 'Activate another' })).toBeVisible();
    const open = await screen.findByRole('list', { name: 'Still open' });
    await phone.user.click(within(open).getByRole('button', { name: /^Warehouse fire/ }));
    await waitFor(() => expect(window.location.pathname).toBe('/now'));
    await waitFor(() => expect(screen.queryByText('EXERCISE · not a real incident')).toBeNull());
  });
});
