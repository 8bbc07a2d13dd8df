import { screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { lateSync } from '../../src/app/late-sync.ts';
import { loadWithPatience } from '../../src/app/load-with-patience.ts';
import type { RunningSync } from '../../src/sync/create-sync.ts';
import { aPhone } from '../support/phone.tsx';

/** A part of the app that comes when it is told to; until then each attempt fails. */
function comingPart<T>(part: T) {
  let isThere = false;
  const waits: number[] = [];
  let goOn: () => void = () => undefined;
  const load = loadWithPatience(
    () => (isThere ? Promise.resolve(part) : Promise.reject(new TypeError('Failed to fetch'))),
    new AbortController().signal,
    async (ms) => {
      waits.push(ms);
      await new Promise<void>((resolve) => (goOn = resolve));
    },
  );
  return { load, waits, again: () => goOn(), come: () => (isThere = true) };
}

it('[LATE-1] an engine that can’t be loaded leaves Join to be pressed again, and is loaded when it can be', async () => {
  const phone = await aPhone('new');
  const part = comingPart({ ...phone.sync, server: phone.ports.server } as unknown as RunningSync);
  const { sync } = lateSync(part.load);
  Object.assign(phone.ports, { sync });
  sync.nudge('asked');
  phone.open('/join');
  await phone.user.type(await screen.findByLabelText('Code'), 'ABCD-EFGH-JKMN');
  await phone.user.click(screen.getByRole('button', { name: 'Join' }));
  expect(await screen.findByText(/^The server did not answer\./)).toBeVisible();
  expect(sync.status.get().connection).toBe('starting');

  part.come();
  part.again();
  await waitFor(() => expect(phone.sync.nudges()).toContain('asked'));
  phone.sync.answerJoin({ ok: false, error: { tag: 'code-refused' } });
  await phone.user.click(screen.getByRole('button', { name: 'Join' }));
  expect(await screen.findByText(/^The server does not take this code\./)).toBeVisible();
});

it('[LATE-1] it is tried ever less often, but always again', async () => {
  const part = comingPart('engine');
  for (let failures = 1; failures <= 8; failures += 1) {
    await waitFor(() => expect(part.waits).toHaveLength(failures));
    part.again();
  }
  part.come();
  expect(part.waits.map((ms) => ms / 1_000)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  expect(await part.load.loaded).toBe('engine');
});
