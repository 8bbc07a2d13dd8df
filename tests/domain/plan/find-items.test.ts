import { describe, expect, it } from 'vitest';
import { findItems, planIndex } from '../../../src/domain/plan/find-items.ts';
import * as make from '../../support/plan-items.ts';

const index = planIndex([
  make.role('it', { title: 'IT Specialists', mission: 'Bring systems back' }),
  make.task('DAT-01', { title: 'Ask IT-01 for the list', steps: ['Protect the backups'] }),
  make.task('IT-01', { title: 'Look at the alarms' }),
  make.task('IT-010', { title: 'Restore the backups' }),
  make.contact('hq', { name: 'Head office', means: [{ pace: 'primary', type: 'phone', value: '+27 00 000 0009' }] }),
]);
const ids = (query: string) => findItems(index, query).map(({ id }) => id);

describe('finding in a plan', () => {
  it('[FIND-1] a code comes first, then what names it', () => {
    expect(ids('it-01')).toEqual(['IT-01', 'IT-010', 'DAT-01']);
  });

  it('[FIND-2] every word must be there, in any order, inside lists too; capitals do not count', () => {
    expect(ids('BACKUPS protect')).toEqual(['DAT-01']);
    expect(ids('0009')).toEqual(['hq']);
    expect(ids('ackup')).toEqual(['DAT-01', 'IT-010']);
  });

  it('[FIND-3] nothing asked, nothing found; salts and section names are no words', () => {
    expect(ids('  ')).toEqual([]);
    expect(ids('testsalt')).toEqual([]);
    expect(ids('contact')).toEqual([]);
  });
});
