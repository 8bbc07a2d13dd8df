import { canaryRecords, type CanaryRecord } from '../../../support/canary-records.ts';
import { joinByHttp, setUpByHttp, type HttpPhone } from '../http-phone.ts';
import { bodyOf, type TestServer } from '../open-server.ts';

/** A workspace full of one word that nobody outside may ever read. */
export type FuzzTeam = {
  /** Stands in every text that this workspace keeps, and in nothing that the fuzz sends. */
  readonly canary: string;
  readonly phones: readonly HttpPhone[];
  readonly records: readonly CanaryRecord[];
  /** The id of one that is open; it opens nothing. */
  readonly invite: string;
};

/** A workspace with a phone of each level, one that leaves and one reported lost, and a record of each kind that people write. */
export async function fuzzTeam(server: TestServer, canary: string): Promise<FuzzTeam> {
  const lead = await setUpByHttp(server, canary);
  const join = (level: 'responder' | 'observer' | 'vendor' | 'coordinator', role = 'it') =>
    joinByHttp(lead, level, [role]);
  const staff = [lead, await join('responder'), await join('observer'), await join('vendor', 'hoster')];
  const [leaver, lost] = [await join('responder'), await join('coordinator')];
  const records = canaryRecords({ secret: canary, title: canary, planTitle: canary }, lead);
  for (const { kind, key, value } of records) {
    const [outcome] = (await lead.sync([lead.make(kind, key, value)])).outcomes;
    if (outcome?.outcome === 'refused') throw new Error(`${kind}: ${JSON.stringify(outcome)}`);
  }
  await lead.call('DELETE', `/api/devices/${leaver.device}?mode=leaver`);
  await lead.call('DELETE', `/api/devices/${lost.device}?mode=lost`);
  const invite = bodyOf(await lead.tryInvite())['id'] as string;
  return { canary, invite, phones: [...staff, leaver, lost], records };
}
