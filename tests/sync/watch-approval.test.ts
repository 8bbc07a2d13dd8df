import { describe, expect, it } from 'vitest';
import { nothingKnown } from '../../src/domain/ports/sync-status.ts';
import { watchApproval } from '../../src/sync/watch-approval.ts';
import { day } from '../../src/domain/time.ts';
import { setupCode, startServer, stopServer } from '../support/running-server.ts';
import { openRealPhone, until } from './support/real-phones.ts';

describe('what a page knows of an approval that is needed', () => {
  it('[SEC-7] a phone that was silent for over 400 days says so, keeps what it has, and syncs once it was approved', async () => {
    let later = 0;
    const server = await startServer(0, null, () => Date.now() + later);
    const ana = await openRealPhone(server.origin);
    const joined = await ana.sync.join(setupCode, 'Ana', 'Laptop');
    if (!joined.ok) throw new Error(joined.error.tag);
    const invite = await ana.sync.server.invite({
      ...{ person: { name: 'Ben' }, access: 'responder', roles: [], expiresInDays: 7 },
    });
    if (!invite.ok) throw new Error(invite.error.tag);
    const ben = await openRealPhone(server.origin);
    const bens = await ben.sync.join(invite.value.code, null, 'Phone');
    if (!bens.ok) throw new Error(bens.error.tag);
    await until(() => ben.sync.status.get().connection === 'online');

    later = 401 * day;
    ana.sync.nudge('asked');
    await until(() => (ana.sync.status.get().lastHeardAt ?? '') > '2027-12');
    ben.sync.nudge('asked');
    await until(() => ben.sync.status.get().connection === 'needs-approval');
    expect(ben.sync.status.get()).toBe(ben.sync.status.get());
    expect((await ana.sync.server.approve(bens.value.device)).ok).toBe(true);
    ben.sync.nudge('asked');
    await until(() => ben.sync.status.get().connection === 'online');
    await stopServer(server);
  });

  it('[SEC-7] takes no other refusal for it', async () => {
    const reply = (status: number, body: unknown) => {
      const response = new Response(JSON.stringify(body), { status });
      Object.defineProperty(response, 'url', { value: 'https://plan.example.org/api/session' });
      return Promise.resolve(response);
    };
    const offline = { ...nothingKnown, connection: 'offline' } as const;
    for (const [status, body] of [
      [403, { code: 'wrong-origin' }],
      [401, { code: 'approval-needed' }],
      [403, null],
      [502, '<html>'],
    ] as const) {
      const watch = watchApproval(() => reply(status, body));
      await watch.fetch('https://plan.example.org/api/session');
      expect(watch.told(offline)).toBe(offline);
    }
  });
});
