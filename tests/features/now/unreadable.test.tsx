import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { serverSays, said } from '../../support/server-says.ts';
import { aPhone, aPhoneInIncident, makeMember } from '../../support/phone.tsx';

describe('a value that this app can’t read', () => {
  it('[REC-1] is left out and told of once; the screen shows the rest', async () => {
    const phone = await aPhoneInIncident(null);
    await makeMember(phone, 'coordinator', []);
    await serverSays(phone, [
      said({ kind: 'grant', key: 'sipho', value: {} }),
      said({ kind: 'person', key: 'sipho', value: { name: 'Sipho D.', contacts: [] } }),
      said({ kind: 'person', key: 'zanele', value: { name: 7 } }),
    ]);
    phone.open('/people');
    expect(await screen.findByRole('link', { name: /Sipho D\./ })).toBeVisible();
    expect(await screen.findByText('2 records need a newer app.')).toBeVisible();
  });

  it('[REC-1] of an incident without fields leaves Now standing', async () => {
    const phone = await aPhone();
    await makeMember(phone, 'responder', []);
    await serverSays(phone, [said({ kind: 'incident', key: '0123456789abcdef', value: {} })]);
    phone.open('/now');
    expect(await screen.findByText('1 record needs a newer app.')).toBeVisible();
    expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
  });

  it.each(['task', 'step', 'assignment', 'impact', 'extra-task', 'log'])(
    '[REC-1] of a %s neither stops Now nor the checklist, and is told of until the server mends it',
    async (kind) => {
      const phone = await aPhoneInIncident('it-specialists');
      await makeMember(phone, 'coordinator', ['it-specialists']);
      const key = { step: 'IT-01/1', assignment: 'it-specialists/zanele', log: '0193b2c4' }[kind] ?? 'IT-01';
      await serverSays(phone, [said({ kind, key: `${phone.incident}/${key}`, value: { text: 'x' } })]);
      const { unmount } = phone.open('/now');
      expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
      unmount();
      phone.open(kind === 'log' ? '/log' : '/checklist');
      expect(await screen.findByText('1 record needs a newer app.')).toBeVisible();
      expect(await screen.findByRole('heading', { level: 1 })).toBeVisible();
      await serverSays(phone, [said({ kind, key: `${phone.incident}/${key}`, value: null })]);
      await waitFor(() => expect(screen.queryByText('1 record needs a newer app.')).toBeNull());
    },
  );
});
