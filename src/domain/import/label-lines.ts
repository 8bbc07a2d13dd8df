import { fold } from './fold.ts';
import { fieldsNamed, type Topic } from './lexicon.ts';
import { labelRoles } from './label-roles.ts';
import { labelEach, labelTasks, labelTimeline } from './label-tasks.ts';
import { labelTables, labelTree, Labels, mostly, tablesIn } from './labels.ts';
import { hasWayToReach, splitHead, type Labelling } from './meaning.ts';
import { itemTrees, sectionsOf, type ItemTree, type SourceLine, type SourceSection } from './source.ts';
import { isTimeName } from './times.ts';
import { topicOf, type TopicGuess } from './topic-of.ts';

/**
 * Says of every line what it is in a plan. Guarantees: each line has one meaning, `unused` where none was recognised; the same
 * document gives the same labels; no rule rests on the words of one document.
 */
export function labelLines(lines: readonly SourceLine[]): Labelling {
  const labels = new Labels(lines);
  const contents = linesOfContents(lines);
  const root = withChapters(sectionsOf(lines.filter((line) => !contents.has(line))));
  const title = titleOf(root);
  if (title !== null) labels.set(title, 'title');
  const top =
    root.sections.length === 1 && (root.sections[0]?.sections.length ?? 0) > 0 ? (root.sections[0] ?? root) : root;
  labelSection(labels, top, null);
  if (top !== root) labelBody(labels, root.lines, null);
  return labels.labelling();
}

/** A table of contents says again what headings say. */
function linesOfContents(lines: readonly SourceLine[]): ReadonlySet<SourceLine> {
  const bare = (text: string) => fold(text.replace(/[\s.…]*\d*$/, ''));
  const headings = new Set(lines.filter(({ form }) => form === 'heading').map(({ text }) => bare(text)));
  const found = new Set<SourceLine>();
  let run: SourceLine[] = [];
  for (const line of [...lines, null]) {
    if (line !== null && line.form !== 'heading' && headings.has(bare(line.text))) run.push(line);
    else {
      if (run.length > 2) for (const each of run) found.add(each);
      run = [];
    }
  }
  return found;
}

/**
 * A heading with nothing below it stands above those that follow, though they look alike: as far as one that is about something else or says
 * when.
 */
function withChapters({ heading, lines, sections }: SourceSection): SourceSection {
  const inner = sections.map(withChapters);
  const kept: SourceSection[] = [];
  let above: { readonly topic: Topic; readonly parts: SourceSection[] } | null = null;
  for (const each of inner) {
    const own = topicOf(each);
    const isElse = (own?.named === true && own.topic !== above?.topic) || isTimeName(each.heading?.text ?? '');
    if (above !== null && !isElse) {
      above.parts.push(each);
      continue;
    }
    above = null;
    const isEmpty = each.lines.length === 0 && each.sections.length === 0;
    if (isEmpty && own?.named === true) {
      above = { topic: own.topic, parts: [] };
      kept.push({ ...each, sections: above.parts });
    } else kept.push(each);
  }
  return { heading, lines, sections: kept };
}

/** The first line, if it is a heading or stands alone above the first one. */
function titleOf(root: SourceSection): SourceLine | null {
  const [first] = root.lines;
  const [section] = root.sections;
  if (first !== undefined && /^(?:from|to|von|de|para|subject|date|sent|cc):/i.test(first.text))
    return section?.heading ?? null;
  if (first !== undefined) return first.form === 'paragraph' && first.text.length <= 120 ? first : null;
  return section?.heading ?? null;
}

function labelSection(labels: Labels, section: SourceSection, inherited: Topic | null): void {
  const own = section.heading === null ? null : topicOf(section);
  const topic = inherited ?? own?.topic ?? topicOfParts(section);
  if (topic === null || topic === 'talk') {
    labelBody(labels, section.lines, topic);
    for (const each of section.sections)
      labelSection(labels, each, topic === 'talk' && own?.named === true && !each.sections.length ? topic : null);
    return;
  }
  if (inherited === null && hasChapters(section, own)) {
    labelBody(labels, section.lines, topic);
    for (const each of section.sections) labelSection(labels, each, null);
    return;
  }
  if (section.heading !== null && !labels.has(section.heading)) labels.set(section.heading, 'heading');
  labelBy[topic](labels, section);
}

/** What all parts that say it are about; null where they differ. */
function topicOfParts({ heading, sections }: SourceSection): Topic | null {
  const found = new Set(sections.flatMap((each) => topicOf(each)?.topic ?? []));
  found.delete('talk');
  const [only] = found;
  return heading !== null && sections.length > 1 && found.size === 1 ? (only ?? null) : null;
}

/** Whether the parts of a section are about things of their own: then its name says little, and each speaks for itself. */
function hasChapters({ sections }: SourceSection, own: TopicGuess | null): boolean {
  const named = sections.flatMap((each) => {
    const found = topicOf(each);
    return found?.named === true && found.topic !== own?.topic && found.topic !== 'talk' ? [found.topic] : [];
  });
  return own?.named === true ? new Set(named).size > 1 : named.length > 0;
}

const labelBy: Readonly<Record<Topic, (labels: Labels, section: SourceSection) => void>> = {
  roles: labelRoles,
  tasks: labelTasks,
  timeline: labelTimeline,
  communication: labelCommunication,
  resources: labelResources,
  contacts: labelContacts,
  milestones: (labels, section) => labelEach(labels, section, 'milestone', 'milestones'),
  risks: (labels, section) => labelEach(labels, section, 'risk', 'risks'),
  objectives: (labels, section) => labelEach(labels, section, 'objective', 'objectives'),
  systems: (labels, section) => labelEach(labels, section, 'system', 'systems'),
  criteria: (labels, section) => labelEach(labels, section, 'criterion', 'criteria'),
  talk: (labels, section) => labelBody(labels, section.lines, 'talk'),
};

/** What stands in no chapter that was recognised: tables by their columns, and a sentence that says what the plan is for. */
function labelBody(labels: Labels, lines: readonly SourceLine[], topic: Topic | null): void {
  for (const rows of tablesIn(lines)) labels.setTable(rows, topic);
  for (const line of lines) {
    const head = line.form === 'paragraph' ? splitHead(line.text) : null;
    if (head !== null && fieldsNamed(head[0]).has('mission') && !labels.has(line)) labels.set(line, 'summary', true);
    else if (/^(?:objective|goal|ziel|objectif|objetivo|doel)s?$/i.test(head?.[0] ?? ''))
      labels.set(line, 'objective', true);
  }
}

function labelCommunication(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'communication');
  const trees = itemTrees(section.lines);
  const isProcedure = ({ line, children }: ItemTree) =>
    children.length > 0 ||
    (splitHead(line.text) !== null && mostly(trees.map((each) => splitHead(each.line.text) !== null)));
  const procedures = trees.filter(isProcedure);
  if (procedures.length === 0 && trees.length > 0 && section.heading !== null)
    labels.set(section.heading, 'procedure', true);
  for (const tree of trees) {
    labels.set(tree.line, procedures.includes(tree) ? 'procedure' : 'point');
    for (const child of tree.children) labelTree(labels, child, 'point');
  }
  for (const each of section.sections) {
    if (each.heading !== null) labels.set(each.heading, 'procedure');
    labelTables(labels, each.lines, 'communication');
    for (const tree of itemTrees(each.lines)) labelTree(labels, tree, 'point');
    for (const line of each.lines) if (line.form === 'paragraph') labels.set(line, 'point', true);
    for (const part of each.sections) {
      if (part.heading !== null) labels.set(part.heading, 'heading');
      for (const tree of itemTrees(part.lines)) labelTree(labels, tree, 'point');
    }
  }
}

function labelResources(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'resources');
  for (const { line, children } of itemTrees(section.lines)) {
    labels.set(line, children.length > 0 ? 'resource-kind' : 'resource');
    for (const child of children) labelTree(labels, child, 'resource');
  }
  for (const each of section.sections) {
    if (each.heading !== null) labels.set(each.heading, 'resource-kind');
    labelTables(labels, each.lines, 'resources');
    for (const tree of itemTrees(each.lines)) labelTree(labels, tree, 'resource');
  }
}

function labelContacts(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'contacts');
  for (const line of section.lines) if (line.form !== 'row' && hasWayToReach(line.text)) labels.set(line, 'contact');
  for (const each of section.sections) {
    if (each.heading !== null) labels.set(each.heading, 'heading');
    labelContacts(labels, each);
  }
}
