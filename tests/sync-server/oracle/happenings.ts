import { expect } from 'vitest';
import type { SyncReply } from '../../../src/domain/sync/protocol.ts';
import type { ModelJournal } from '../../simulation/model/model-journal.ts';
import type { Cluster } from '../support/cluster.ts';
import { bodyOf, refusalOf } from '../support/open-server.ts';
import { backUp, restore } from './backups.ts';
import type { OracleDevice } from './device.ts';
import type { Oracle } from './oracle.ts';
import { admit, joinTeam, type Team } from './team.ts';

type Below = (n: number) => number;

/**
 * What happens between two kills, in tens of rounds: a backup, somebody's phone reported lost, the backup put back, somebody leaving.
 * Who is gone has another phone afterwards.
 */
export class Happenings {
  readonly counts = { 'backups put back': 0, 'reported lost': 0, leavers: 0 };
  readonly #on: Cluster;
  readonly #team: Team;
  readonly #oracle: Oracle;
  #backup: { readonly at: string; readonly model: ModelJournal } | null = null;
  #leaver: OracleDevice | null = null;

  constructor(on: Cluster, team: Team, oracle: Oracle) {
    this.#on = on;
    this.#team = team;
    this.#oracle = oracle;
  }

  async before(round: number, below: Below): Promise<void> {
    switch (round % 10) {
      case 2: {
        const model = this.#oracle.model.copy();
        this.#backup = { at: await backUp(this.#on, `backup-${String(round)}`), model };
        return;
      }
      case 4:
        return await this.#reportLost(this.#anybody(below));
      case 6:
        return await this.#putBack();
      case 8:
        this.#leaver = this.#anybody(below);
        return await this.#revoke(this.#leaver, 'leaver');
    }
  }

  /** A leaver sends what it holds and goes; who is a stranger to a past put back asks for a code. */
  async after(below: Below): Promise<void> {
    for (const device of this.#team.devices.filter(({ isStranger }) => isStranger)) {
      await admit(this.#team, device, device.phone.person);
      device.wasAdmitted();
      await device.settle();
    }
    this.#leaver?.workAlone(below);
    await this.#leaver?.finish();
    this.#leaver?.wipe();
    if (this.#leaver !== null) await joinTeam(this.#team, this.#on, this.#leaver.phone.person);
    this.#leaver = null;
  }

  #anybody(below: Below): OracleDevice {
    const members = this.#team.devices.filter((device) => device !== this.#team.lead && device.isMember);
    return members[below(members.length)] ?? this.#team.lead;
  }

  async #revoke(device: OracleDevice, mode: 'lost' | 'leaver'): Promise<void> {
    const { lead } = this.#team;
    const done = await lead.call('DELETE', `/api/devices/${device.phone.device}?mode=${mode}`);
    expect(done.statusCode).toBe(204);
    // the server's now can be ahead of every clock: it never runs back behind a stamp that it gave
    const { serverNow } = bodyOf(await lead.phone.push()) as SyncReply;
    device.revoked = { revokedAt: Date.parse(serverNow), isLost: mode === 'lost' };
    this.counts[mode === 'lost' ? 'reported lost' : 'leavers'] += 1;
  }

  /** Refused at once, by every server. */
  async #reportLost(device: OracleDevice): Promise<void> {
    // a backup that was put back has voided its token
    await device.phone.signIn();
    await this.#revoke(device, 'lost');
    for (const at of this.#on.living.keys()) {
      device.goTo(at);
      // a backup put back may have ended its session before
      expect((await device.phone.push()).statusCode).toBe(401);
      expect(refusalOf(await device.phone.trySignIn())).toEqual([401, 'revoked']);
    }
    await joinTeam(this.#team, this.#on, device.phone.person);
  }

  async #putBack(): Promise<void> {
    if (this.#backup === null) return;
    await restore(this.#on, this.#backup.at);
    const { lead, devices } = this.#team;
    await lead.settle();
    this.#oracle.goBack(this.#backup.model, lead.phone.epoch ?? '');
    this.counts['backups put back'] += 1;
    // no backup revives a lost phone
    for (const { phone } of devices.filter(({ revoked }) => revoked.isLost))
      expect((await phone.trySignIn()).statusCode).toBe(401);
  }
}
