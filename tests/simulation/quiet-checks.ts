import type { OutboxRow } from '../../src/storage/rows.ts';
import type { SimDevice } from './support/sim-device.ts';

/** What holds whenever nothing is under way on a phone, however bad the network is. */
export function quietFaults({ name, outbox }: SimDevice): readonly string[] {
  const newest = new Map<string, OutboxRow>();
  const carried = new Set<string>();
  for (const row of outbox) {
    const record = `${row.kind} ${row.key}`;
    if (row.bundle !== undefined) carried.add(record);
    const known = newest.get(record);
    if (known === undefined || row.stamp > known.stamp) newest.set(record, row);
  }
  return [...newest]
    .filter(([record, row]) => !carried.has(record) && isNew(row) && row.over !== 1)
    .map(
      ([record, { id }]) => `${name} does not show its own ${id} of ${record}, on which no server has said anything`,
    );
}

/** protocol.md, Order: a phone shows its own newest change until it is refused, or judged and pulled. */
function isNew({ state, verdict, formerly }: OutboxRow): boolean {
  return state === 'unsent' && verdict === null && formerly === null;
}
