import type { AccessLevel } from '../../../src/domain/access/access.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { day, minute, type Millis } from '../../../src/domain/time.ts';
import type { Cluster } from '../support/cluster.ts';
import { OracleDevice } from './device.ts';

export type Team = {
  /** A coordinator's who stays one: the journal is read with it. */
  readonly lead: OracleDevice;
  readonly devices: readonly OracleDevice[];
};

/** Each person's level and how many devices they have: twenty of eight people. */
const people: readonly (readonly [AccessLevel, number])[] = [
  ['coordinator', 2],
  ['coordinator', 2],
  ['responder', 3],
  ['responder', 3],
  ['responder', 3],
  ['responder', 3],
  ['observer', 2],
  ['observer', 2],
];

/** Most clocks are a little behind, so that nothing but the protocol decides on a stamp; some are very wrong. */
const skews: readonly Millis[] = [-300, -300, -20_000, -300, -3 * day, -300, 20_000, -300, -300, 400 * day];

export async function startTeam(cluster: Cluster): Promise<Team> {
  const [node] = cluster.living;
  if (node === undefined) throw new Error('no server');
  const newDevice = () => new OracleDevice(cluster, node.origin);
  const lead = newDevice();
  const code = /\/join#(\S+)/.exec(node.printed)?.[1] ?? '';
  const done = await lead.phone.enrol(code, { name: 'Ana' });
  if (!done.ok) throw new Error(done.error);
  const devices = [lead];
  const members: PersonId[] = [lead.phone.person];
  for (const [which, [access, count]] of people.entries()) {
    for (let own = 0; own < count; own += 1) {
      if (which === 0 && own === 0) continue;
      const known = members[which];
      const invite = await lead.phone.invite({ access, ...(known === undefined ? {} : { person: { id: known } }) });
      const device = newDevice();
      const joined = await device.phone.enrol(invite.code);
      if (!joined.ok) throw new Error(joined.error);
      members[which] = device.phone.person;
      devices.push(device);
    }
  }
  for (const [at, device] of devices.entries()) device.begin(skews[at % skews.length] ?? -minute, members.slice(1));
  return { lead, devices };
}
