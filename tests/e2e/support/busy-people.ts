import { instant, minute } from '../../../src/domain/time.ts';
import { enrolDevice } from './api-device.ts';
import type { Workspace } from './workspace.ts';

/** People of a workspace in the middle of things: whom a contact test reached, what was practised, who was asked in, what was not taken. */
export async function fillPeople({ coordinator, plan }: Workspace, origin: string) {
  const at = instant(Date.now() - 20 * minute);
  const by = coordinator.person;
  const lindi = await coordinator.invite('Lindi van der Westhuizen-Okonkwo', 'responder', ['it-specialists']);
  const author = await enrolDevice(origin, lindi.url);
  await coordinator.invite('Ben Okoro', 'observer');
  const means = { verifiedAt: null };
  const contacts = [
    { type: 'phone', value: '+27 31 000 0001', ...means },
    { type: 'email', value: 'lindi.van-der-westhuizen-okonkwo@recovery.online-marketplace.example', ...means },
  ];
  const training = { people: [author.person], roles: ['it-specialists'], notes: 'Radio was weak', incident: null };
  const result = { by, at, note: null };
  await coordinator.write([
    { kind: 'person', key: author.person, value: { name: 'Lindi van der Westhuizen-Okonkwo', contacts } },
    { kind: 'contact-test', key: 't1', value: { startedAt: at, endedAt: null, plan: plan.hash, incident: null, by } },
    {
      kind: 'contact-result',
      key: `t1/${author.person}`,
      value: { result: 'message-left', means: 'phone', ...result },
    },
    { kind: 'contact-test', key: 't0', value: { startedAt: at, endedAt: at, plan: plan.hash, incident: null, by } },
    {
      kind: 'training',
      key: 'e1',
      value: {
        type: 'exercise',
        title: 'Loss of the data centre',
        date: '2026-01-10',
        next: '2026-07-10',
        ...training,
      },
    },
    {
      kind: 'training',
      key: 'b1',
      value: { type: 'briefing', title: 'Radio', date: '2026-02-10', next: null, ...training },
    },
  ]);
  await author.write([
    {
      kind: 'device',
      key: author.device,
      value: {
        ...{ name: 'Android phone', installed: false, persisted: false, plan: plan.hash, planNumber: plan.number },
        ...{ appVersion: '0.1.0', reportedAt: at, queue: 3, clockOffset: 240_000, freeBytes: 9e6 },
        selfTest: { at, failed: ['write', 'app'] },
        cards: [],
        channel: null,
      },
    },
  ]);
  // not theirs to write
  await author
    .write([
      {
        kind: 'training',
        key: 'x1',
        value: { type: 'test', title: 'Generator', date: at.slice(0, 10), next: null, ...training },
      },
      { kind: 'grant', key: author.person, value: { access: 'coordinator', roles: [] } },
    ])
    .catch(() => undefined);
  return { person: author.person, device: author.device };
}
