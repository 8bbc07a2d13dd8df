import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/domain/csv-line.ts';
import { parseCsv } from '../../../src/domain/csv-rows.ts';
import { readInviteList } from '../../../src/features/people/read-invite-list.ts';

const people = (text: string) => {
  const list = readInviteList(text);
  if (list.tag !== 'list') throw new Error(list.tag);
  return list.people;
};

describe('a list of people to invite', () => {
  it.each([
    ['commas', 'Ana Lind, coordinator\nSipho D., responder, IT Specialists'],
    ['semicolons', 'Ana Lind;Coordinator\nSipho D.;responder;IT Specialists'],
    ['tabs, as pasted from a spreadsheet', 'Ana Lind\tcoordinator\nSipho D.\tresponder\tIT Specialists\n\n'],
    ['quotes', '"Ana Lind","coordinator"\r\n"Sipho D.","responder","IT Specialists"'],
    [
      'headings and a byte order mark',
      '\uFEFFName,Access,Roles\nAna Lind,coordinator,\nSipho D.,responder,IT Specialists',
    ],
    ['headings in another order', 'Roles;Full name;Level\n;Ana Lind;coordinator\nIT Specialists;Sipho D.;responder'],
  ])('[INVITE-10] is read with %s', (_what, text) => {
    expect(people(text)).toEqual([
      { name: 'Ana Lind', access: 'coordinator', roles: [] },
      { name: 'Sipho D.', access: 'responder', roles: ['IT Specialists'] },
    ]);
  });

  it('[INVITE-10] of names alone is read too, and a name with a comma in quotes stays one', () => {
    expect(people('Ana Lind\nSipho D.\n')).toEqual([
      { name: 'Ana Lind', access: null, roles: [] },
      { name: 'Sipho D.', access: null, roles: [] },
    ]);
    expect(people('"Lind, Ana",observer,"IT, Legal",Support')[0]).toEqual({
      name: 'Lind, Ana',
      access: 'observer',
      roles: ['IT, Legal', 'Support'],
    });
  });

  it('[INVITE-10] without anybody is empty; what is no access level is kept to be shown', () => {
    expect(readInviteList(' \n \n')).toEqual({ tag: 'empty' });
    expect(readInviteList('name,access')).toEqual({ tag: 'empty' });
    expect(people('Ana,admin')[0]?.access).toBe('admin');
  });

  it('[SEC-14] too long a list is refused before it is read', () => {
    const began = performance.now();
    expect(readInviteList('a,'.repeat(5_000_000))).toEqual({ tag: 'too-long' });
    expect(performance.now() - began).toBeLessThan(500);
    expect(readInviteList('Ana\n'.repeat(251))).toEqual({ tag: 'too-long' });
    expect(people('Ana\n'.repeat(250))).toHaveLength(250);
  });

  it('[SEC-12] names like __proto__ stay names', () => {
    expect(people('__proto__,__proto__,__proto__')[0]).toEqual({
      name: '__proto__',
      access: '__proto__',
      roles: ['__proto__'],
    });
  });
});

describe('separated values', () => {
  it('[INVITE-14] keep quotes, separators and line breaks within a quoted cell', () => {
    expect(parseCsv('"a ""b"", c\nd",e\r\n\r\n f , "g"\r"h', ',')).toEqual([['a "b", c\nd', 'e'], ['f', 'g'], ['h']]);
  });

  it('[INVITE-14] what was written as a file is read as it was', () => {
    const rows = [
      ['Name', 'Code'],
      ['Lind, "Ana"', '7K3M'],
    ];
    expect(parseCsv(rows.map(csvLine).join(''), ',')).toEqual(rows);
  });
});
