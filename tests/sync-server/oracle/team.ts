import type { AccessLevel } from '../../../src/domain/access/access.ts';
import type { PersonId } from '../../../src/domain/ids.ts';
import { day, minute, type Millis } from '../../../src/domain/time.ts';
import type { Cluster } from '../support/cluster.ts';
import { bodyOf } from '../support/open-server.ts';
import { OracleDevice } from './device.ts';

export type Team = {
  /** A coordinator's who stays one: the journal is read with it. */
  readonly lead: OracleDevice;
  readonly devices: OracleDevice[];
  readonly members: readonly PersonId[];
  /** For another phone of somebody. */
  readonly invitationOf: (person: PersonId) => {
    readonly person: { readonly id: PersonId };
    readonly access: AccessLevel;
  };
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
  const invitationOf = (id: PersonId) => ({ person: { id }, access: people[members.indexOf(id)]?.[0] ?? 'observer' });
  return { lead, devices, members, invitationOf };
}

/** Another phone of somebody who lost one, or left. */
export async function joinTeam(team: Team, cluster: Cluster, person: PersonId): Promise<void> {
  const device = new OracleDevice(cluster, team.lead.phone.server.origin);
  await admit(team, device, person);
  device.begin(skews[0] ?? 0, team.members.slice(1));
  team.devices.push(device);
}

/** Invites and enrols; again while the server says that it can't tell what became of it. */
export async function admit(team: Team, { phone }: OracleDevice, person: PersonId): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const invited = await team.lead.phone.tryInvite(team.invitationOf(person));
    const joined = invited.statusCode === 201 ? await phone.enrol((bodyOf(invited) as { code: string }).code) : null;
    if (joined?.ok === true) return;
    if (invited.statusCode === 401) await team.lead.phone.signIn();
    if (tries === 9) throw new Error(`not admitted: ${invited.payload} ${JSON.stringify(joined)}`);
  }
}
