import { contentOf, sorted } from '../../simulation/model/held.ts';
import { conflictFaults } from '../../simulation/model/conflict-rules.ts';
import { serverDevice, type ModelJournal } from '../../simulation/model/model-journal.ts';
import { visible } from '../../simulation/model/page-rules.ts';
import type { OracleDevice } from './device.ts';

/** A device that pulled to the end holds exactly the winners that it may see. */
export function holdingFaults(model: ModelJournal, { phone, isGone }: OracleDevice): readonly string[] {
  if (isGone) return [];
  const faults: string[] = [];
  const wanted = new Map(visible(model, phone.session).map((held) => [`${held.kind}/${held.key}`, held]));
  for (const [name, { id, seq, stamp, value }] of wanted) {
    const record = phone.records.get(name);
    const isSame = record?.change === id && record.seq === seq && record.stamp === stamp;
    if (!isSame || sorted(record.value) !== sorted(value))
      faults.push(`${phone.device} has ${String(record?.change)} of ${name}, not ${id}`);
  }
  for (const name of phone.records.keys())
    if (!wanted.has(name)) faults.push(`${phone.device} has ${name}, which it may not see`);
  return faults;
}

/** Nothing lost, nothing twice, nothing that nobody made, every verdict as it was told, everybody told who was overruled. */
export function fateFaults(model: ModelJournal, devices: readonly OracleDevice[]): readonly string[] {
  const faults = [...conflictFaults(model, model.histories.keys())];
  const made = new Map<string, string>();
  for (const device of devices) {
    for (const change of device.made) {
      const { id } = change;
      const [told, held] = [device.told.get(change), model.held.get(id)];
      if (told === undefined && !device.isGone) faults.push(`${id} never got a verdict`);
      // another change has this id
      if (told?.reason?.code === 'id-reused') continue;
      // a later one under this id may not have been refused yet when the phone was lost
      if (!made.has(id)) made.set(id, contentOf(change));
      // what a phone that is gone had sent may be lost with a past that is gone
      if (device.isGone) continue;
      const isTaken = told !== undefined && told.outcome !== 'refused';
      if (isTaken !== (held !== undefined))
        faults.push(`${id} was told ${String(told?.outcome)}, and the journal says otherwise`);
      if (isTaken && (held?.stamp !== told.stamp || held.outcome !== told.outcome || held.outcomeSeq !== told.seq))
        faults.push(`${id} has another verdict than was told`);
      if (told?.outcome === 'refused' && told.reason == null) faults.push(`${id} is refused without a reason`);
    }
  }
  const seen = new Set<string>();
  for (const { id, device, content } of model.entries) {
    if (seen.has(id)) faults.push(`${id} is in the journal twice`);
    seen.add(id);
    if (device !== serverDevice && made.get(id) !== content) faults.push(`${id} is in the journal as nobody made it`);
  }
  return faults;
}
