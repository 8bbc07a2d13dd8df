import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../../src/domain/ids.ts';
import type { KnownReminder, KnownReminders } from '../../../src/domain/ports/server-api.ts';
import { mailAddressOf } from '../../../src/domain/communication/contact-link.ts';
import { readiness } from '../../../src/domain/readiness/readiness.ts';
import { readinessCsv } from '../../../src/domain/readiness/readiness-csv.ts';
import { remindWhom } from '../../../src/domain/readiness/remind-whom.ts';
import { openPoints, reminderPoints } from '../../../src/domain/readiness/reminder.ts';
import { reminderText } from '../../../src/domain/readiness/reminder-text.ts';
import { day, hour } from '../../../src/domain/time.ts';
import { ago, now, roster, type Member } from '../../support/roster.ts';

const pointsOf = (member: Member) => readiness(roster([member])).map(openPoints)[0];

describe('what a person is reminded of', () => {
  it('[REMIND-20] is what the board finds open of their best phone, in its order, and nothing of who is ready', () => {
    expect(pointsOf({ person: 'ana', roles: ['it'] })).toEqual([]);
    expect(pointsOf({ person: 'ana', roles: ['it'], report: null })).toEqual(['join']);
    const report = { plan: null, cards: [], channel: null, selfTest: null, installed: false, persisted: false };
    expect(pointsOf({ person: 'ana', roles: ['it'], report })).toEqual([
      ...['plan', 'card', 'channel', 'test', 'install', 'keep'],
    ]);
    expect(
      pointsOf({ person: 'ana', roles: ['it'], report: { at: ago(40 * day) }, lastSeenAt: ago(40 * day) }),
    ).toEqual(['open']);
  });

  it('[REMIND-21] is said in fixed words, whatever the points: plain lines, one address, no place for anything else', () => {
    fc.assert(
      fc.property(fc.subarray([...reminderPoints], { minLength: 1 }), (points) => {
        const { title, body } = reminderText(points.toReversed(), 'https://plan.example.org');
        expect(title).toBe('Holdfast: your phone is not ready yet');
        expect(title + body).not.toMatch(/[<>\r]/);
        expect(body.match(/^\d+\. /gm)).toHaveLength(points.length);
        expect(body.match(/https?:[^\s]*/g)).toEqual(['https://plan.example.org/now']);
        expect(reminderText(points, 'https://plan.example.org').body).toBe(body);
      }),
      { seed: 18, numRuns: 100 },
    );
  });
});

describe('who is reminded', () => {
  const people = readiness(
    roster([
      { person: 'ana', report: null },
      { person: 'ben', report: null },
      { person: 'cem', report: null },
      { person: 'dee', report: null },
      { person: 'eve', roles: ['it'] },
    ]),
  );
  const reminded = (person: string, span: number, result: KnownReminder['result']): KnownReminder => ({
    ...{ person: person as PersonId, way: 'mail', at: ago(span), by: 'lead' as PersonId, result },
  });
  const known: KnownReminders = {
    ways: ['mail'],
    people: ['ana', 'ben', 'dee', 'eve'].map((person) => ({ person: person as PersonId, ways: ['mail'] })),
    latest: [reminded('ben', 2 * hour, 'sent'), reminded('dee', hour, 'failed')],
  };

  it('[REMIND-22] whoever has something open and a way to them; who was reminded lately is asked for, who has no way is named', () => {
    const whom = remindWhom(people, known, now);
    const ids = (all: readonly { readonly person: { readonly person: string } }[]) =>
      all.map((each) => each.person.person);
    expect([ids(whom.now), ids(whom.lately), ids(whom.noWay)]).toEqual([['ana', 'dee'], ['ben'], ['cem']]);
    expect(ids(remindWhom(people, known, now + 5 * hour).lately)).toEqual([]);
  });

  it('[REMIND-23] the table for auditors says when and with which result', () => {
    const [head = '', ...lines] = readinessCsv(people, ago(0), (role) => role, known.latest)
      .trim()
      .split(/\r?\n/);
    expect(head).toMatch(/reminded at,reminder$/);
    expect(lines[1]).toContain(`${ago(2 * hour)},mail: sent`);
    expect(lines[0]).toMatch(/,,$/);
  });
});

describe('where mail reaches somebody', () => {
  it.each([
    [['kim@example.org'], 'kim@example.org'],
    [['no address', 'kim+x@mail.example.org'], 'kim+x@mail.example.org'],
    [['kim@example.org\r\nBcc: all@example.org'], null],
    [['kim@example.org, lee@example.org'], null],
    [['Kim <kim@example.org>'], null],
    [['kim@localhost'], null],
    [['"a b"@example.org'], null],
  ])('[SEC-REMIND] %j', (values, address) => {
    expect(mailAddressOf(values.map((value) => ({ type: 'email', value })))).toBe(address);
  });
});
