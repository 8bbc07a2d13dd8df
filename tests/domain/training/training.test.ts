import { describe, expect, it } from 'vitest';
import type { PersonId, RoleId } from '../../../src/domain/ids.ts';
import {
  dueTraining,
  lastWords,
  ofPerson,
  ofRole,
  type KnownTraining,
} from '../../../src/domain/training/training-due.ts';
import { trainingCsv } from '../../../src/domain/training/training-csv.ts';
import type { Training } from '../../../src/domain/training/training.ts';
import { checkValue } from '../../../src/domain/sync/check-value.ts';
import type { Json } from '../../../src/domain/json.ts';

const today = '2026-11-27';
let n = 0;
const known = (date: string, more: Partial<Training> = {}): KnownTraining => ({
  id: `t${String((n += 1))}`,
  training: {
    ...{ type: 'exercise', title: 'Fire', date, people: [], roles: [], next: null, notes: '', incident: null },
    ...more,
  },
});
const ana = 'ana' as PersonId;
const ben = 'ben' as PersonId;
const itRole = 'it' as RoleId;

describe('the training record', () => {
  it('[TRAIN-1] is given per person and per role, the latest first', () => {
    const all = [known('2026-01-10', { people: [ana] }), known('2026-07-20', { people: [ana, ben], roles: [itRole] })];
    expect(ofPerson(all, ana).map(({ training }) => training.date)).toEqual(['2026-07-20', '2026-01-10']);
    expect(ofPerson(all, ben)).toHaveLength(1);
    expect(ofRole(all, itRole).map(({ training }) => training.date)).toEqual(['2026-07-20']);
  });

  it('[TRAIN-2] says in words how long ago the last of each kind was, and nothing of what is only planned', () => {
    const all = [
      known('2026-07-20'),
      known('2026-11-26', { type: 'briefing' }),
      known('2027-01-01', { type: 'review' }),
    ];
    expect(lastWords(all, today)).toBe('last briefing yesterday; last exercise 4 months ago');
    expect(lastWords([], today)).toBe('');
  });

  it('[TRAIN-3] what is due again comes in order, late once its day has passed', () => {
    const all = [
      known('2026-01-10', { title: 'Flood', next: '2027-01-10' }),
      known('2025-05-01', { next: '2026-11-26' }),
    ];
    expect(dueTraining(all, today).map(({ next, overdue }) => [next, overdue])).toEqual([
      ['2026-11-26', true],
      ['2027-01-10', false],
    ]);
    expect(dueTraining([known('2025-05-01', { next: today })], today)[0]?.overdue).toBe(false);
  });

  it('[TRAIN-4] is answered by a later one of its kind with its title, or that takes in all whom it was for', () => {
    const first = known('2025-05-01', { next: '2026-05-01', people: [ana], roles: [itRole] });
    const due = (...later: readonly KnownTraining[]) => dueTraining([first, ...later], today).map(({ id }) => id);
    expect(due()).toEqual([first.id]);
    expect(due(known('2026-04-30', { title: ' fire ' }))).toEqual([]);
    expect(due(known('2026-04-30', { title: 'Flood', people: [ben, ana], roles: [itRole] }))).toEqual([]);
    expect(due(known('2026-04-30', { title: 'Flood', people: [ben], roles: [itRole] }))).toEqual([first.id]);
    expect(due(known('2026-04-30', { type: 'briefing' }))).toEqual([first.id]);
    expect(due(known('2025-05-01'))).toEqual([first.id]);
    const nobodys = known('2025-05-01', { title: 'Flood', next: '2026-05-01' });
    expect(dueTraining([nobodys, known('2026-01-01')], today).map(({ id }) => id)).toEqual([nobodys.id]);
  });

  it('[TRAIN-5] as a table runs no formula and keeps commas, quotes and lines in their cells', () => {
    const all = [known('2026-01-10', { title: '=HYPERLINK("x")', people: [ana], roles: [itRole], notes: 'a, b\r\nc' })];
    expect(
      trainingCsv(
        all,
        () => '+27',
        () => 'IT',
      ),
    ).toBe(
      'date,kind,title,people,roles,next due,notes\r\n' +
        '2026-01-10,exercise,"\'=HYPERLINK(""x"")",\'+27,IT,,"a, b\r\nc"\r\n',
    );
  });

  it('[TRAIN-6] keeps only values of its shape', () => {
    const { training } = known('2026-01-10');
    const faults = (more: object) => checkValue('training', 't', { ...training, ...more } as unknown as Json);
    expect(faults({})).toEqual([]);
    expect(faults({ later: 'a newer app wrote it' })).toEqual([]);
    for (const wrong of [{ type: 'party' }, { title: '' }, { date: '10 Jan' }, { next: '' }, { people: ['a/b'] }])
      expect(faults(wrong), JSON.stringify(wrong)).not.toEqual([]);
  });
});
