import { describe, expect, it } from 'vitest';
import type { PersonId, PlanHash } from '../../src/domain/ids.ts';
import { composeDraft, nextVersion } from '../../src/domain/plan/draft.ts';
import { planHash } from '../../src/domain/plan/plan-hash.ts';
import type { PlanItem, PlanVersion } from '../../src/domain/plan/plan-item.ts';
import type { Draft } from '../../src/domain/ports/records.ts';
import { publishVersion } from '../../src/parts/activation.ts';
import { valueOf } from '../storage/support/phone-parts.ts';
import * as make from '../support/plan-items.ts';
import { setupCode } from '../support/running-server.ts';
import { invited, isSent, joined, realServer, until, type RealPhone } from './support/real-phones.ts';

const items = make.smallPlanItems();
const first = { ...make.versionOf(items), hash: planHash({ items, withheld: [] }) };
const edited = { ...items.find(({ id }) => id === 'IT-01'), title: 'Look', salt: 'newsaltnewsaltnewsalt0' } as PlanItem;

async function versionOn({ phone }: RealPhone, hash: PlanHash): Promise<PlanVersion | null> {
  return (valueOf(await phone.records.read('plan-version', hash))?.value ?? null) as PlanVersion | null;
}

function itemDraft(item: PlanItem): Draft<'plan-item'> {
  return { kind: 'plan-item', key: `shop/${item.section}/${item.id}`, value: item as never, shown: null };
}

async function personOf({ phone }: RealPhone): Promise<PersonId> {
  return valueOf(await phone.syncStore.person()) ?? ('nobody' as PersonId);
}

describe('publishing through the real server', () => {
  it('[PLAN-HASH] a version that one phone published stands on another under the same hash, and the server agrees', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben');
    const author = await personOf(ana);
    valueOf(await ana.phone.records.write([publishVersion(first, author), itemDraft(edited)]));
    const draft = composeDraft(items, [{ section: 'task', id: 'IT-01', item: edited }]);
    const second = nextVersion(draft, [first], first.plan, author, 'headersaltheadersalt00');
    valueOf(await ana.phone.records.write([publishVersion(second, author)]));
    ana.sync.nudge('wrote');
    await until(() => isSent(ana));
    ben.sync.nudge('asked');
    await until(async () => (await versionOn(ben, second.hash)) !== null);
    const arrived = (await versionOn(ben, second.hash)) as PlanVersion;
    expect(planHash(arrived)).toBe(second.hash);
    expect([arrived.number, arrived.author]).toEqual([2, author]);
    const history = valueOf(await ana.sync.server.history('plan-version', second.hash));
    expect(history.map(({ outcome }) => outcome)).toEqual(['applied']);
    expect(ana.sync.status.get().refused).toBe(0);
  });

  it('[PLAN-HASH] a version under a hash that is not its own is refused by the phone before it is saved', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const wrong = publishVersion({ ...first, hash: 'a'.repeat(64) as PlanHash }, await personOf(ana));
    expect(await ana.phone.records.write([wrong])).toMatchObject({ ok: false, error: { tag: 'invalid' } });
  });

  it('[DRAFT-14] two coordinators edit at once and one publishes: the other’s edit stays a change of the draft', async () => {
    const server = await realServer();
    const ana = await joined(server, setupCode, 'Ana');
    const ben = await invited(server, ana, 'Ben');
    valueOf(await ana.phone.records.write([publishVersion(first, await personOf(ana)), itemDraft(edited)]));
    ana.sync.nudge('wrote');
    await until(() => isSent(ana));
    // Ben has heard nothing of it: he publishes what he has, with an edit of his own.
    const his = {
      ...items.find(({ id }) => id === 'IT-02'),
      title: 'Listen',
      salt: 'hissalthissalthissalt0',
    } as PlanItem;
    const draft = composeDraft(items, [{ section: 'task', id: 'IT-02', item: his }]);
    const second = nextVersion(draft, [first], first.plan, await personOf(ben), 'headersaltheadersalt00');
    valueOf(await ben.phone.records.write([itemDraft(his), publishVersion(second, await personOf(ben))]));
    ben.sync.nudge('wrote');
    await until(() => isSent(ben));
    const read = async (id: string) => valueOf(await ben.phone.records.read('plan-item', `shop/task/${id}`))?.value;
    await until(async () => (await read('IT-01')) !== undefined);
    const now = composeDraft(
      second.items,
      await Promise.all(
        ['IT-01', 'IT-02'].map(async (id) => ({ section: 'task' as const, id, item: (await read(id)) as PlanItem })),
      ),
    );
    expect(now.changes.map(({ item }) => item?.id)).toEqual(['IT-01']);
  });
});
