import { describe, expect, it } from 'vitest';
import type { PlanHash } from '../../src/domain/ids.ts';
import type { Draft } from '../../src/domain/ports/records.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import { setupCode } from '../support/running-server.ts';
import { canary, incidentValue, planVersion, samplePlan } from '../support/sample-plan.ts';
import { invited, isSent, joined, realServer, until, type RealPhone } from './support/real-phones.ts';

const first = planVersion(samplePlan.slice(0, -1), 1);
const second = planVersion(samplePlan, 2);
const closed = { status: 'closed', closedAt: '2026-11-23T12:00:00.000Z' };

const versionDraft = ({ hash, value }: typeof first) =>
  ({ kind: 'plan-version', key: hash, value, shown: null }) as unknown as Draft;
const incidentDraft = (more = {}) => {
  const { id, value } = incidentValue(first.hash, more);
  return { kind: 'incident', key: id, value, shown: null } as unknown as Draft;
};

async function write(phone: RealPhone, ...drafts: Draft[]): Promise<void> {
  for (const draft of drafts) valueOf(await phone.phone.records.write([draft]));
  phone.sync.nudge('wrote');
  await until(() => isSent(phone));
}

async function held({ phone }: RealPhone, hash: PlanHash) {
  return valueOf(await phone.records.read('plan-version', hash))?.value ?? null;
}

const asksForPlan = (input: Parameters<typeof fetch>[0]) =>
  typeof input === 'string' && input.includes('/api/records?kind=plan-version');

/** Two published versions, and a second phone that has the newer one. */
async function twoVersions(how: Parameters<typeof invited>[3] & { readonly earlier?: readonly Draft[] } = {}) {
  const server = await realServer();
  const ana = await joined(server, setupCode, 'Ana');
  await write(ana, versionDraft(first), versionDraft(second), ...(how.earlier ?? []));
  const cleo = await invited(server, ana, 'Cleo', how);
  await until(async () => (await held(cleo, second.hash)) !== null);
  return { ana, cleo };
}

describe('the plan version that an incident is worked by', () => {
  it('[SYNC-12] comes to a phone that joined after the incident was closed', async () => {
    const { cleo } = await twoVersions({ earlier: [incidentDraft(closed)] });
    await until(async () => (await held(cleo, first.hash)) !== null);
  });

  it('[SYNC-12] comes to a phone that joined before somebody activated an earlier version', async () => {
    const { ana, cleo } = await twoVersions();
    expect(await held(cleo, first.hash)).toBeNull();
    await write(ana, incidentDraft());
    cleo.sync.nudge('asked');
    await until(async () => (await held(cleo, first.hash)) !== null);
  });

  it('[SYNC-12] is asked for again until the server could give it', async () => {
    let refused = 0;
    const call: typeof fetch = async (input, init) => {
      if (!asksForPlan(input) || refused === 3) return await fetch(input, init);
      refused += 1;
      throw new TypeError('Failed to fetch');
    };
    const { cleo } = await twoVersions({ fetch: call, earlier: [incidentDraft(closed)] });
    await until(async () => (await held(cleo, first.hash)) !== null);
    expect(refused).toBe(3);
  });

  it('[SYNC-12] is not kept if its items are not what its hash says', async () => {
    let forged = 0;
    const call: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!asksForPlan(input)) return response;
      forged += 1;
      const record = (await response.json()) as { readonly value: object };
      return Response.json({ ...record, value: { ...record.value, items: [] } });
    };
    const { cleo } = await twoVersions({ fetch: call, earlier: [incidentDraft(closed)] });
    await until(() => forged > 0);
    cleo.sync.nudge('asked');
    await until(() => forged > 1);
    expect(await held(cleo, first.hash)).toBeNull();
  });

  it("[SYNC-12] comes to a vendor with nothing of others' parts", async () => {
    const { ana, cleo } = await twoVersions({ access: 'vendor', roles: ['hoster'] });
    await write(ana, incidentDraft());
    cleo.sync.nudge('asked');
    await until(async () => (await held(cleo, first.hash)) !== null);
    const copy = await held(cleo, first.hash);
    expect(copy?.withheld).not.toHaveLength(0);
    expect(JSON.stringify(copy)).not.toContain(canary);
  });
});
