import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/domain/import/assemble.ts';
import { correct, noCorrections } from '../../../src/domain/import/correct.ts';
import { labelLines } from '../../../src/domain/import/label-lines.ts';
import { planItemsFrom } from '../../../src/domain/import/plan-items-from.ts';
import { linesOfText } from '../../../src/domain/import/text-lines.ts';
import type { Json } from '../../../src/domain/json.ts';
import type { PlanItem } from '../../../src/domain/plan/plan-item.ts';
import { planOf } from '../../../src/domain/plan/plan.ts';
import { validatePlan } from '../../../src/domain/plan/validate-plan.ts';

const understood = (text: string) => assemble(labelLines(linesOfText(text)));
const laidOver = (items: readonly PlanItem[], text: string) => {
  const made = planItemsFrom(understood(text), { items, zone: 'UTC', name: 'Plan' });
  const changed = new Set(made.map(({ section, id }) => `${section}/${id}`));
  const whole = [...items.filter(({ section, id }) => !changed.has(`${section}/${id}`)), ...made];
  expect(validatePlan(whole as unknown as readonly Json[])).toEqual([]);
  return { whole, plan: planOf(whole) };
};

const first = `# Plan

## Roles

### Executive

- Decides on money

### Coordinator

- Reports to: Executive
- Leads the recovery

## Tasks

| Code | Task | Owner | Due | Depends on |
| --- | --- | --- | --- | --- |
| IT-01 | Cut the power | Coordinator | 1 h | |
| IT-02 | Check the hall | Coordinator | 2 h | IT-01 |

## Communication

### Staff

- Write to all staff

## Contacts

| Name | Phone | E-mail |
| --- | --- | --- |
| Ada Lind | +27 31 000 0001 | ada@example.org |
| Fire brigade | 112 | |
`;

describe('a document laid over a plan', () => {
  const { whole, plan } = laidOver([], first);

  it('[IMPORT-30] keeps short numbers, and both of two beside each other', () => {
    expect(plan.contacts.map(({ name, means }) => [name, ...means.map(({ value }) => value)])).toEqual([
      ['Ada Lind', '+27 31 000 0001', 'ada@example.org'],
      ['Fire brigade', '112'],
    ]);
    const two = understood(
      '# Contacts\n\n- Desk: 011 555 1234 / 082 555 9999\n- Yard: 4021\n- Gate: +27 31 000 0002\n',
    );
    expect(two.contacts.map(({ phones }) => phones)).toContainEqual(['011 555 1234', '082 555 9999']);
  });

  it('[IMPORT-31] adds a number to a contact, and takes none away', () => {
    const after = laidOver(
      whole,
      '# Contacts\n\n| Name | Phone |\n| --- | --- |\n| Ada Lind | +27 31 000 0009 |\n',
    ).plan;
    expect(after.contacts[0]?.means.map(({ value }) => value)).toEqual([
      '+27 31 000 0001',
      'ada@example.org',
      '+27 31 000 0009',
    ]);
  });

  it('[IMPORT-32] leaves what the document does not say: points, dependencies, superiors', () => {
    const text = `# Plan\n\n## Communication\n\n### Staff\n\n## Tasks\n\n| Code | Task | Owner | Due | Depends on |\n| --- | --- | --- | --- | --- |\n| IT-02 | Check the hall | Coordinator | 3 h | ZZ-99 |\n\n## Roles\n\n### Executive\n\n- Decides on money and men\n`;
    const after = laidOver(whole, text).plan;
    expect(after.procedures[0]?.points).toEqual(['Write to all staff']);
    expect(after.tasks.find(({ id }) => id === 'IT-02')).toMatchObject({ dependsOn: ['IT-01'], target: 180 });
    expect(after.roles.find(({ title }) => title === 'Executive')?.reportsTo).toBeNull();
  });

  it('[IMPORT-33] closes no circle through tasks that the document does not name', () => {
    const text = `# Tasks\n\n| Code | Task | Owner | Due | Depends on |\n| --- | --- | --- | --- | --- |\n| IT-01 | Cut the power | Coordinator | 1 h | IT-02 |\n| IT-03 | Open the hall | Coordinator | 4 h | IT-02 |\n`;
    const after = laidOver(whole, text).plan;
    expect(after.tasks.map(({ id, dependsOn }) => [id, ...dependsOn])).toEqual([
      ['IT-01'],
      ['IT-02', 'IT-01'],
      ['IT-03', 'IT-02'],
    ]);
  });

  it('[IMPORT-34] knows a task by its code though it is worded anew', () => {
    const text = `# Tasks\n\n| Code | Task | Owner | Due |\n| --- | --- | --- | --- |\n| IT-02 | Look at every hall | Coordinator | 2 h |\n`;
    expect(laidOver(whole, text).plan.tasks.map(({ id }) => id)).toEqual(['IT-01', 'IT-02']);
  });
});

describe('what is understood', () => {
  it('[IMPORT-35] makes no person of an address', () => {
    const [role] = understood(
      '# Roles\n\n## Duty Officer\n\n- E-mail: duty@example.org\n- Phone: 4021\n- Leads the shift\n\n## Clerk\n\n- Keeps the log\n',
    ).roles;
    expect(role).toMatchObject({ title: 'Duty Officer', holders: [], phone: '4021' });
  });

  it('[IMPORT-36] gives a task to the role above only where its phase stands below that role', () => {
    const plan = understood(
      '# Plan\n\n## Roles\n\n### Security Officer\n\n- Guards the site\n\n### Clerk\n\n- Keeps the log\n\n## Phase 1: Alarm\n\n- Count all people\n- Write the log\n\n## Phase 2: Repair\n\n- Call the electrician\n',
    );
    expect(plan.tasks.map(({ guessed, owner }) => owner === null || guessed.includes('owner'))).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('[IMPORT-37] keeps the window that a phase says itself', () => {
    const plan = understood(
      '# Plan\n\n## Tasks\n\n### Response (0-4 hours)\n\nUpdate the board every 30 minutes.\n\n- Count all people\n\n### Repair (4-8 hours)\n\n- Call the electrician\n',
    );
    expect(plan.phases.map(({ title, from, to }) => [title, from, to])).toEqual([
      ['Response', 0, 240],
      ['Repair', 240, 480],
    ]);
  });

  it('[IMPORT-38] takes no line that says something of its own for the head of a page', () => {
    const lines = linesOfText(
      'ROLES\n\nOwner: Ada\nOne\n\nOwner: Ada\nTwo\n\nOwner: Ada\nThree\n\nACME plan page 1\n\nACME plan page 2\n\nACME plan page 3\n',
    );
    expect(lines.filter(({ form }) => form === 'noise').map(({ text }) => text)).toEqual([
      'ACME plan page 1',
      'ACME plan page 2',
      'ACME plan page 3',
    ]);
  });

  it('[IMPORT-39] reads a table and a line as somebody says they are', () => {
    const labelling = labelLines(
      linesOfText('# Notes\n\nBring a torch\n\n| Thing | Many |\n| --- | --- |\n| Torch | 4 |\n| Rope | 2 |\n'),
    );
    const lines = new Map([[3, 'objective' as const]]);
    const table = labelling.lines.find(({ line }) => line.form === 'row')?.line.table ?? 0;
    const plan = assemble(correct(labelling, { lines, tables: new Map([[table, 'resource' as const]]) }));
    expect(plan.objectives.map(({ title }) => title)).toEqual(['Bring a torch']);
    expect(plan.resources.map(({ name }) => name)).toEqual(expect.arrayContaining(['Torch', 'Rope']));
    expect(assemble(correct(labelling, noCorrections)).resources).toEqual([]);
  });

  it('[IMPORT-40] counts a line of which nothing could be made as not used, whatever it is said to be', () => {
    const labelling = labelLines(linesOfText('# Notes\n\nBring a torch\n'));
    const said = correct(labelling, { lines: new Map([[3, 'contact' as const]]), tables: new Map() });
    expect(assemble(said).unused).toContain(3);
  });
});
