import type { Page } from '@playwright/test';
import type { IncidentId } from '../../src/domain/ids.ts';
import { planOf } from '../../src/domain/plan/plan.ts';
import type { PlanItem } from '../../src/domain/plan/plan-item.ts';
import { recordKey } from '../../src/domain/sync/kinds.ts';
import { instant } from '../../src/domain/time.ts';
import { paragraphs } from '../../src/features/print/paper-document.ts';
import {
  longCodes,
  longestPlan,
  longText,
  owner,
  shortCodes,
  textsIn,
  wordings,
  type Wording,
} from './support/longest-plan.ts';
import { pdfPages, withoutSpace, type Mark, type PdfPage } from './support/pdf-pages.ts';
import { joinByLink } from './support/phone.ts';
import { readySheets } from './support/ready-sheets.ts';
import { expect, test } from './support/test.ts';
import { fillWorkspace, type Workspace } from './support/workspace.ts';

// Hundreds of pages on each paper, and a reader of PDFs.
test.slow();

const papers = [
  { name: 'A4', width: 595, height: 842 },
  { name: 'Letter', width: 612, height: 792 },
] as const;

type Sheet = { readonly name: string; readonly page: PdfPage };

for (const wording of wordings) {
  test(`[PRINT-4] a plan with every text as long as it may be prints whole, page by page, in ${wording}`, async ({
    page,
    server,
  }) => {
    const plan = longestPlan(wording);
    const workspace = await fillWorkspace(server, plan);
    const incidentTexts = await longestIncident(workspace, wording);
    const { url } = await workspace.coordinator.invite('Ben', 'coordinator');
    await joinByLink(page, url);
    await page.goto(`${server.origin}/print`);
    await page.getByRole('radio', { name: /^All \d+ roles/ }).check();
    for (const kind of ['Contact sheet', 'Communications sheet', 'Timeline', 'Blank log sheets'])
      await page.getByRole('checkbox', { name: kind }).check();

    for (const paper of papers) {
      await page.getByRole('radio', { name: paper.name }).check();
      const sheets = await printed(page);
      for (const { name, page: each } of sheets) {
        expect([each.width, each.height], name).toEqual([paper.width, paper.height]);
        expect(each.text, name).toContain(withoutSpace(name.replace(/, page (?=\d+ of \d+$)/, ' · page ')));
        expect(outside(each), `what is in the margins of ${name}`).toEqual([]);
        expect(overlaps(each.marks), `what overlaps on ${name}`).toEqual([]);
      }
      expectCounted(sheets.map(({ name }) => name));
      expectTexts(sheets, plan.items, incidentTexts);
      expectTasksWhole(sheets, plan.items);
      expectCodesWhole(sheets);
    }
  });
}

async function printed(page: Page): Promise<readonly Sheet[]> {
  await expect(page.getByText(/^\d+ pages ready$/)).toBeVisible({ timeout: 180_000 });
  const names = await readySheets(page);
  const pages = await pdfPages(await page.pdf({ preferCSSPageSize: true }));
  expect(pages).toHaveLength(names.length);
  return pages.map((each, place) => ({ name: names[place] ?? '', page: each }));
}

/** An exercise with a long title, people with long names, and a task that is blocked for a long reason; gives those texts. */
async function longestIncident({ coordinator, activate, assign }: Workspace, wording: Wording) {
  const title = longText(wording, 'incident', 200);
  const incident: IncidentId = await activate('exercise', title);
  const names = ['first', 'second', 'third', 'fourth', 'fifth'].map((each) => longText(wording, `${each}-name`, 200));
  for (const name of names) {
    const { person } = await coordinator.invite(name, 'responder');
    await assign(incident, owner, person);
  }
  const reason = longText(wording, 'reason', 1000);
  const now = instant(Date.now());
  const value = { status: 'blocked', reason, startedAt: now, endedAt: null, by: coordinator.person };
  await coordinator.write([{ kind: 'task', key: recordKey(incident, longCodes[0] ?? ''), value }]);
  return { title, onCards: [...names, reason] };
}

const margin = { inline: (13 * 72) / 25.4, block: (12 * 72) / 25.4 };

/** Texts that reach into the margins. */
function outside({ width, height, marks }: PdfPage): readonly Mark[] {
  return marks.filter(
    ({ left, right, top, bottom }) =>
      left < margin.inline - 1 ||
      right > width - margin.inline + 1 ||
      top < margin.block - 1 ||
      bottom > height - margin.block + 1,
  );
}

/** Pairs of texts that are printed one over the other. */
function overlaps(marks: readonly Mark[]): readonly string[] {
  const found: string[] = [];
  for (const [place, a] of marks.entries())
    for (const b of marks.slice(place + 1))
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        found.push(`${a.text} / ${b.text}`);
  return found;
}

/** Pages of each document are counted from 1 to the last. */
function expectCounted(names: readonly string[]): void {
  const counts = names.map((name) => /^(.*), page (\d+) of (\d+)$/s.exec(name)?.slice(1) ?? []);
  for (const title of new Set(counts.map(([each]) => each))) {
    const pages = counts.filter(([each]) => each === title).map(([, n, of]) => `${n} of ${of}`);
    expect(pages, title).toEqual(pages.map((_, place) => `${place + 1} of ${pages.length}`));
  }
}

/** Every text is on its sheet: whole, or where it is long in paragraphs that are. */
function expectTexts(
  sheets: readonly Sheet[],
  items: readonly PlanItem[],
  incident: { readonly title: string; readonly onCards: readonly string[] },
): void {
  const command = ['commandLocation', 'alternateLocation', 'commandPhone', 'commandChannel'];
  const kinds = {
    'Contact sheet': {
      header: ['organisation', 'title', ...command],
      role: ['title', 'phone', 'channel', 'holders'],
      contact: [],
    },
    'Communications sheet': { header: ['organisation', 'title'], procedure: [] },
    Timeline: { header: ['organisation', 'title'], phase: ['title'], milestone: ['title'] },
    'Activity log': { header: ['organisation', 'title'] },
  };
  const isOf = (kind: string) => (sheet: Sheet) => sheet.name.startsWith(`${kind}, page `);
  for (const [kind, sections] of Object.entries(kinds))
    expectFound([...textsIn(items, sections), incident.title], sheets.filter(isOf(kind)), kind);
  const cards = {
    header: ['organisation', 'title', ...command],
    group: ['name'],
    role: ['title', 'mission', 'responsibilities', 'reporting', 'escalation', 'phone', 'channel'],
    contact: [],
    procedure: [],
    phase: ['title'],
    task: [],
    resource: [],
  };
  const others = Object.keys(kinds).map(isOf);
  expectFound(
    [...textsIn(items, cards), ...longCodes, ...incident.onCards, incident.title],
    sheets.filter((sheet) => !others.some((is) => is(sheet))),
    'role cards',
  );
}

/** Longest paragraphs of running text and of cells. */
const cuts = [800, 500];

function expectFound(texts: readonly string[], sheets: readonly Sheet[], where: string): void {
  expect(texts.length, where).toBeGreaterThan(0);
  const pages = sheets.map(({ page }) => page.text);
  const isPrinted = (part: string) => pages.some((page) => page.includes(withoutSpace(part)));
  const lost = texts.filter((text) => !cuts.some((cut) => paragraphs(text, cut).every(isPrinted)));
  expect(lost, `what is not on ${where}`).toEqual([]);
}

/** Only a task that is longer than a page goes over one. */
function expectTasksWhole(sheets: readonly Sheet[], items: readonly PlanItem[]): void {
  const plan = planOf(items);
  for (const task of plan.tasks.filter(({ detail, steps }) => detail === undefined && steps.length === 0)) {
    const card = plan.roleById.get(task.owner)?.title ?? '';
    const whole = sheets.filter(
      ({ name, page }) =>
        name.startsWith(`${card}, page `) &&
        [task.id, task.title, task.completionTest].every((each) => page.text.includes(withoutSpace(each))),
    );
    expect(whole, `${task.id} on the card of ${card}`).toHaveLength(1);
  }
}

/** A code that fits into its column is never broken at its hyphen. */
function expectCodesWhole(sheets: readonly Sheet[]): void {
  const onTimeline = sheets.filter(({ name }) => name.startsWith('Timeline, page '));
  const marks = onTimeline.flatMap(({ page }) => page.marks).map(({ text }) => text);
  for (const code of shortCodes)
    expect(
      marks.some((each) => each.includes(code)),
      code,
    ).toBe(true);
  expect(marks.filter((each) => /\b[A-Z]{2}-$/.test(each.trim()))).toEqual([]);
}
