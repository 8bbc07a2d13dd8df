import { readdirSync, readFileSync } from 'node:fs';
import { cwd } from 'node:process';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/domain/import/assemble.ts';
import { correct, noCorrections } from '../../../src/domain/import/correct.ts';
import { labelLines } from '../../../src/domain/import/label-lines.ts';
import { planItemsFrom } from '../../../src/domain/import/plan-items-from.ts';
import { linesOfText } from '../../../src/domain/import/text-lines.ts';
import type { UnderstoodPlan } from '../../../src/domain/import/understood.ts';
import type { Json } from '../../../src/domain/json.ts';
import { validatePlan } from '../../../src/domain/plan/validate-plan.ts';
import { readDocument } from '../../../src/features/plan-import/read-document.ts';
import { valueOf } from '../../storage/support/phone-parts.ts';
import { scoreOf, share, type ExpectedPlan } from './score.ts';

const folder = `${cwd()}/tests/fixtures/documents/`;
const seed = readFileSync(`${folder}recovery-tasks.txt`, 'utf8');
const understood = (text: string) => assemble(labelLines(linesOfText(text)));
const place = { zone: 'Africa/Johannesburg', name: 'Recovery plan' };

/** The share of what a careful reader finds in a document that the importer finds, without a correction (docs/plan-import.md). */
const found: Readonly<Record<string, number>> = {
  'bank-branch-bcp.docx': 0.24,
  'care-home-outage-plan.xlsx': 0.99,
  'charity-office-emergency.html': 0.36,
  'data-centre-outage.xlsx': 1,
  'giesserei-notfallplan.txt': 0.38,
  'hospital-incident-command.docx': 1,
  'hotel-fire-recovery.xlsx': 0.83,
  'it-ransomware-runbook.txt': 1,
  'lab-fire-raci.docx': 0.98,
  'municipality-flood-plan.docx': 0.9,
  'notfallplan.docx': 1,
  'office-flood.txt': 1,
  'plan-de-contingencia.txt': 1,
  'plan-de-reprise.md': 1,
  'ransomware.md': 1,
  'saas-incident-runbook.md': 0.4,
  'school-storm-flood.txt': 0.86,
  'task-list.csv': 1,
  'transmitter-timeline.xlsx': 1,
  'university-job-action-sheets.md': 0.93,
  'water-contamination.txt': 1,
  'wiki-export.html': 1,
};

const documents = readdirSync(folder).filter((name) => !name.endsWith('.json') && name !== 'recovery-tasks.txt');

async function linesOf(name: string) {
  return valueOf(await readDocument({ from: 'file', name, bytes: new Uint8Array(readFileSync(`${folder}${name}`)) }));
}

describe('documents of others', () => {
  it('[IMPORT-1] has each of them with what a reader finds in it', () => {
    expect(documents.sort()).toEqual(Object.keys(found).sort());
  });

  it.each(Object.entries(found))('[IMPORT-1] finds in %s at least %s of it', async (name, least) => {
    const expected = JSON.parse(
      readFileSync(`${folder}${name.replace(/\.\w+$/, '')}.expected.json`, 'utf8'),
    ) as ExpectedPlan;
    const plan = assemble(labelLines(await linesOf(name)));
    expect(Math.floor(100 * share(scoreOf(plan, expected)) + 0.5)).toBeGreaterThanOrEqual(Math.floor(100 * least));
  });

  it.each(documents)('[IMPORT-2] makes of %s a plan without faults, and the same one again', async (name) => {
    const labelling = labelLines(await linesOf(name));
    const plan = assemble(labelling);
    const items = planItemsFrom(plan, { ...place, items: [] });
    expect(validatePlan(items as unknown as readonly Json[])).toEqual([]);
    const again = planItemsFrom(plan, { ...place, items });
    const ids = new Set(items.map(({ section, id }) => `${section}/${id}`));
    expect(again.filter(({ section, id }) => !ids.has(`${section}/${id}`))).toEqual([]);
    expect(correct(labelling, noCorrections)).toEqual(labelling);
  });

  it.each(documents)('[IMPORT-3] says of each line of %s what it is, or that it is not used', async (name) => {
    const lines = await linesOf(name);
    const labelling = labelLines(lines);
    expect(labelling.lines.map(({ line }) => line)).toEqual(lines);
    const { unused } = assemble(labelling);
    for (const { line, meaning } of labelling.lines) if (meaning === 'unused') expect(unused).toContain(line.number);
  });
});

describe('the document that the product grew from', () => {
  const plan = understood(seed);

  it('[IMPORT-4] gives six role groups and the six positions of the recovery team with their duties', () => {
    expect(plan.groups.map(({ name }) => name)).toEqual([
      'Executive Leadership',
      'Disaster Recovery Team (DRT)',
      'IT and Technical Support',
      'Customer Support and Operations Team',
      'Legal and Compliance Team',
      'External Vendors and Partners',
    ]);
    const team = plan.roles.filter(({ group }) => group === 'Disaster Recovery Team (DRT)');
    expect(team.map(({ title }) => title)).toEqual([
      'Recovery Coordinator',
      'IT Specialists',
      'Security Officer',
      'Data Recovery Team',
      'Business Continuity Lead',
      'Communications Officer',
    ]);
    expect(team.map(({ responsibilities }) => responsibilities.length)).toEqual([1, 1, 1, 1, 1, 1]);
    const others = plan.roles.filter(({ group }) => group !== 'Disaster Recovery Team (DRT)');
    expect(others.map(({ responsibilities }) => responsibilities.length)).toEqual([3, 3, 3, 3, 3]);
  });

  it('[IMPORT-4] gives five phases with the windows of its timeline', () => {
    expect(plan.phases.map(({ title, from, to }) => [title, from, to])).toEqual([
      ['Immediate Response', 0, 240],
      ['Technical Recovery', 240, 720],
      ['Business Continuity', 720, 1440],
      ['Full Recovery and Testing', 1440, 2880],
      ['Post-Recovery Analysis', 2880, 4320],
    ]);
  });

  it('[IMPORT-4] gives the twelve recovery steps in order and phase', () => {
    expect(plan.tasks.map(({ title }) => title)).toEqual([
      'Activate Disaster Recovery Team (DRT)',
      'Assess Impact and Prioritize Recovery',
      'Notify Stakeholders',
      'Restore Systems and Infrastructure',
      'Recover Lost Data',
      'Ensure System Security',
      'Continue Critical Operations',
      'Implement Temporary Solutions',
      'Test Systems and Services',
      'Document the Recovery Process',
      'Evaluate the Effectiveness of the Recovery',
      'Update the Disaster Recovery Plan',
    ]);
    expect(plan.phases.map((phase) => plan.tasks.filter((task) => task.phase === phase.title).length)).toEqual([
      3, 3, 2, 2, 2,
    ]);
  });

  it('[IMPORT-4] gives three communication procedures with their points, and three kinds of resources', () => {
    expect(plan.procedures.map(({ kind, points }) => [kind, points.length])).toEqual([
      ['internal', 3],
      ['external', 3],
      ['media', 2],
    ]);
    expect([...new Set(plan.resources.map(({ kind }) => kind))]).toEqual(['technical', 'human', 'financial']);
  });

  it('[IMPORT-5] keeps nine tenths of it where the headings are worded anew', () => {
    const reworded = new Map([
      ['3. Defining Roles and Responsibilities', '3. Who Does What'],
      ['A. Executive Leadership', 'A. Top Management'],
      ['B. Disaster Recovery Team (DRT)', 'B. The Restoration Crew (DRT)'],
      ['C. IT and Technical Support', 'C. Technology Desk'],
      ['D. Customer Support and Operations Team', 'D. Client Care'],
      ['E. Legal and Compliance Team', 'E. Lawyers'],
      ['F. External Vendors and Partners', 'F. Suppliers'],
      ['4. Communication Procedures', '4. Keeping People Informed'],
      ['5. Recovery Steps and Procedures', '5. Getting Back on Our Feet'],
      ['Phase 1: Immediate Response', 'Phase 1: First Reaction'],
      ['Phase 2: Technical Recovery', 'Phase 2: Bringing Machines Back'],
      ['Phase 3: Business Continuity', 'Phase 3: Carrying On'],
      ['Phase 4: Full Recovery and Testing', 'Phase 4: Proving It Works'],
      ['Phase 5: Post-Recovery Analysis', 'Phase 5: Looking Back'],
      ['6. Resource Allocation', '6. What We Need'],
      ['7. Timeline for Recovery', '7. By When'],
    ]);
    const text = seed
      .split('\n')
      .map((line) => reworded.get(line.trim()) ?? line)
      .join('\n');
    expect(text).not.toEqual(seed);
    const facts = factsOf(plan);
    const kept = new Set(factsOf(understood(text)));
    expect(facts.filter((fact) => kept.has(fact)).length / facts.length).toBeGreaterThanOrEqual(0.9);
  });
});

/** What does not rest on the words of a heading. */
function factsOf(plan: UnderstoodPlan): readonly string[] {
  return [
    ...plan.groups.map((_, at) => `group ${String(at)}`),
    ...plan.roles.flatMap(({ responsibilities }, at) => responsibilities.map((duty) => `role ${String(at)}: ${duty}`)),
    ...plan.phases.map(({ from, to }, at) => `phase ${String(at)}: ${String(from)} to ${String(to)}`),
    ...plan.tasks.map(
      ({ title, phase }) => `task ${title} in ${String(plan.phases.findIndex((each) => each.title === phase))}`,
    ),
    ...plan.procedures.flatMap(({ title, points }) => points.map((point) => `${title}: ${point}`)),
    ...plan.resources.map(({ name, kind }) => `${kind} ${name}`),
  ];
}
