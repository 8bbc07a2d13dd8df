import { act, renderHook, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FaultsProvider } from '../../src/parts/faults.tsx';
import { PortsProvider } from '../../src/parts/ports.tsx';
import { UnfinishedProvider, useUnfinished } from '../../src/parts/unfinished.tsx';
import { aPhone } from '../support/phone.tsx';

it('[EDIT-KEEP-5] two tabs keep what was typed in each, and a saved form goes alone', async () => {
  const phone = await aPhone();
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <PortsProvider value={phone.ports}>
      <FaultsProvider>
        <UnfinishedProvider>{children}</UnfinishedProvider>
      </FaultsProvider>
    </PortsProvider>
  );
  const openTab = async () => {
    const tab = renderHook(() => useUnfinished(), { wrapper });
    await waitFor(() => expect(tab.result.current.ready).toBe(true));
    return { ...tab, now: () => tab.result.current };
  };
  const [first, second, third] = [await openTab(), await openTab(), await openTab()];
  act(() => first.now().keep('the task', 'ten minutes of writing'));
  act(() => second.now().keep('the role', 'a mission'));
  act(() => third.now().keep('the contact', 'a number'));
  for (const tab of [first, second, third]) tab.unmount();
  const [again, saving] = [await openTab(), await openTab()];
  const found = () => ['the task', 'the role', 'the contact'].map((form) => again.now().find(form));
  await waitFor(() => expect(found()).toEqual(['ten minutes of writing', 'a mission', 'a number']));
  act(() => saving.now().drop('the role'));
  saving.unmount();
  await waitFor(() => expect(found()).toEqual(['ten minutes of writing', undefined, 'a number']));
});
