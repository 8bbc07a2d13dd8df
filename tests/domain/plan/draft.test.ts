import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId, TaskCode } from '../../../src/domain/ids.ts';
import {
  changedFields,
  composeDraft,
  editsBackTo,
  nextNumber,
  nextVersion,
  type DraftEdit,
} from '../../../src/domain/plan/draft.ts';
import { freeId, freeTaskCode, moveTask, withoutContact, withoutTask } from '../../../src/domain/plan/draft-edits.ts';
import { itemFaults } from '../../../src/domain/plan/item-faults.ts';
import { planHash } from '../../../src/domain/plan/plan-hash.ts';
import type { PlanItem, Task } from '../../../src/domain/plan/plan-item.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import * as make from '../../support/plan-items.ts';

const items = make.smallPlanItems();
const salt = 'newsaltnewsaltnewsalt0';
const find = (id: string, among: readonly PlanItem[] = items) => among.find((item) => item.id === id) as PlanItem;
const edit = (id: string, more: object): DraftEdit => {
  const item = { ...find(id), ...more, salt } as PlanItem;
  return { section: item.section, id, item };
};
const gone = (id: string): DraftEdit => ({ section: find(id).section, id, item: null });
const code = (text: string) => text as TaskCode;
const person = 'ana' as PersonId;

describe('a draft', () => {
  it('[DRAFT-1] is the published version while nothing was edited', () => {
    expect(composeDraft(items, [])).toEqual({ items, changes: [] });
  });

  it('[DRAFT-2] an edit stands over the published item, a removal takes it out, a new item comes in', () => {
    const added = make.task('IT-09');
    const draft = composeDraft(items, [
      edit('IT-01', { title: 'Look' }),
      gone('restored'),
      { section: 'task', id: 'IT-09', item: added },
    ]);
    expect(draft.changes.map(({ what, item, before }) => [what, (item ?? before)?.id])).toEqual([
      ['changed', 'IT-01'],
      ['removed', 'restored'],
      ['added', 'IT-09'],
    ]);
    expect(draft.items.map(({ id }) => id)).toEqual([
      ...items.map(({ id }) => id).filter((id) => id !== 'restored'),
      'IT-09',
    ]);
    expect(changedFields(draft.changes[0]!)).toEqual([{ field: 'title', before: 'Restore IT-01', after: 'Look' }]);
  });

  it('[DRAFT-3] an edit that says what is published is no change and keeps the published salt', () => {
    const draft = composeDraft(items, [edit('IT-01', {}), { section: 'contact', id: 'never-there', item: null }]);
    expect(draft.changes).toEqual([]);
    expect(planHash({ items: draft.items, withheld: [] })).toBe(planHash({ items, withheld: [] }));
  });

  it('[DRAFT-4] an edit that a concurrently published version lacks stays a change of the draft', () => {
    const mine = edit('IT-01', { title: 'Mine' });
    const theirs = composeDraft(items, [edit('IT-02', { title: 'Theirs' })]).items;
    expect(composeDraft(theirs, [mine]).changes.map(({ item }) => item?.id)).toEqual(['IT-01']);
  });

  it('[DRAFT-5] the order of edits and items counts for nothing', () => {
    const edits = [edit('IT-01', { title: 'A' }), edit('lead', { title: 'B' }), gone('restored')];
    const added = [1, 2, 3].map((n): DraftEdit => {
      const item = make.task(`NEW-${n}`, { order: 5 });
      return { section: 'task', id: item.id, item };
    });
    const whole = composeDraft(items, [...edits, ...added]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...edits, ...added], { minLength: 6 }), (shuffled) => {
        const other = composeDraft(items, shuffled);
        expect(other.items).toEqual(whole.items);
      }),
      { seed: 20_261_125, numRuns: 50 },
    );
  });

  it('[DRAFT-6] the next version has the greatest number and one more, and the hash of its items', () => {
    const draft = composeDraft(items, [edit('IT-01', { title: 'Look' })]);
    const published = { ...make.versionOf(items, { number: 4 }), hash: planHash({ items, withheld: [] }) };
    const next = nextVersion(draft, [published], published.plan, person, salt);
    expect([next.number, next.author]).toEqual([5, person]);
    expect(next.hash).toBe(planHash(next));
    expect(next.items).toEqual(draft.items);
  });

  it('[DRAFT-7] going back gives the header a new salt, so a new hash, and nothing else changes', () => {
    const second = composeDraft(items, [edit('IT-01', { title: 'Look' }), gone('restored')]);
    const known = [items, second.items].map((of, place) => ({
      ...make.versionOf(of, { number: place + 1 }),
      hash: planHash({ items: of, withheld: [] }),
    }));
    const back = composeDraft(second.items, editsBackTo(second, items));
    expect(
      composeDraft(
        items,
        back.items.map((item) => ({ section: item.section, id: item.id, item })),
      ).changes,
    ).toEqual([]);
    const third = nextVersion(back, known, known[0]!.plan, person, salt);
    expect(known.map(({ hash }) => hash)).not.toContain(third.hash);
    expect(third.items.filter((item) => !items.includes(item)).map(({ section }) => section)).toEqual(['header']);
  });
});

describe('the number of the next version', () => {
  it('[SEC-22] can always be published, whatever number somebody gave to theirs', () => {
    const at = (number: number) => ({ ...make.versionOf(items, { number }), hash: planHash({ items, withheld: [] }) });
    expect([nextNumber([]), nextNumber([at(4), at(2)])]).toEqual([1, 5]);
    const greatest = nextNumber([at(Number.MAX_SAFE_INTEGER), at(2)]);
    expect(Number.isSafeInteger(greatest)).toBe(true);
    expect(greatest).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('edits of a draft', () => {
  const plan = planOf(items);

  it('[DRAFT-8] moving a task changes that task alone, until no number lies between its neighbours', () => {
    const moved = moveTask(plan, code('IT-03'), -1);
    expect(moved.map(({ id }) => id)).toEqual(['IT-03']);
    const after = planOf(items.map((item) => moved.find(({ id }) => id === item.id) ?? item));
    expect(after.tasks.map(({ id }) => id)).toEqual(['IT-01', 'IT-03', 'IT-02', 'LD-01']);
    const tied = planOf(items.map((item) => (item.section === 'task' ? { ...item, order: 1 } : item)));
    const renumbered = moveTask(tied, code('IT-03'), -1);
    expect(renumbered.map(({ id }) => id)).toEqual(['IT-01', 'IT-03', 'IT-02']);
    expect(new Set(renumbered.map(({ order }) => order)).size).toBe(3);
    expect(moveTask(plan, code('IT-01'), -1)).toEqual([]);
    expect(moveTask(plan, code('IT-03'), 1)).toEqual([]);
  });

  it('[DRAFT-9] any run of moves gives the order that a list would have', () => {
    const codes = Array.from({ length: 5 }, (_, n) => `T-${n}`);
    const step = fc.tuple(fc.constantFrom(...codes), fc.constantFrom<1 | -1>(1, -1));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let now: readonly PlanItem[] = [make.phase('first', 0, 60), ...codes.map((id) => make.task(id))];
        let list = [...codes];
        for (const [id, by] of steps) {
          const moved = moveTask(planOf(now), code(id), by);
          now = now.map((item) => moved.find((each) => each.id === item.id) ?? item);
          const [from, to] = [list.indexOf(id), list.indexOf(id) + by];
          if (to >= 0 && to < list.length) {
            list = list.filter((each) => each !== id);
            list.splice(to, 0, id);
          }
          expect(from).toBeGreaterThanOrEqual(0);
        }
        expect(planOf(now).tasks.map(({ id }) => id)).toEqual(list);
      }),
      { seed: 20_261_125, numRuns: 100 },
    );
  });

  it('[DRAFT-10] a task that leaves hands its predecessors on, and nobody names it any more', () => {
    const changed = withoutTask(items, code('IT-03'));
    expect(changed.map(({ id }) => id)).toEqual(['plan', 'LD-01', 'restored']);
    expect((find('LD-01', changed) as Task).dependsOn).toEqual(['IT-02', 'IT-01']);
  });

  it('[DRAFT-11] a contact that leaves takes the link to it away, and the holder stays', () => {
    const held = make.role('desk', { holders: [{ kind: 'department', name: 'Desk', contact: 'desk-line' }] });
    expect(withoutContact([held], 'desk-line' as never)).toEqual([
      { ...held, holders: [{ kind: 'department', name: 'Desk' }] },
    ]);
  });

  it('[DRAFT-12] codes and ids that are offered are free', () => {
    expect(freeTaskCode(plan, 'it')).toBe('IT-04');
    expect(freeTaskCode(plan, 'nobody-yet')).toBe('NOB-01');
    expect(freeId('Fire Brigade, Süd!', new Set(['fire-brigade-su-d']))).toBe('fire-brigade-su-d-2');
    expect(freeId('消防', new Set())).toBe('contact');
  });

  it('[DRAFT-13] faults of an item come by field, a cycle that it closes among them', () => {
    const faults = (id: string, more: object) => itemFaults(items, { ...find(id), ...more });
    expect(faults('IT-01', { title: '', steps: ['a', 'x'.repeat(1001)] })).toEqual([
      { field: 'title', place: null, words: 'must not be empty' },
      { field: 'steps', place: 1, words: 'is longer than 1,000 characters' },
    ]);
    expect(faults('LD-01', { dependsOn: ['IT-2'] })[0]).toMatchObject({ field: 'dependsOn', place: 0 });
    expect(faults('IT-02', { dependsOn: ['LD-01'] })).toMatchObject([{ field: 'dependsOn' }]);
    expect(faults('LD-01', { dependsOn: ['LD-01'] })).toMatchObject([
      { field: 'dependsOn', words: 'waits for itself' },
    ]);
    expect(faults('IT-01', {})).toEqual([]);
  });
});
