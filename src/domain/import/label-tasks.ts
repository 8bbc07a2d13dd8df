import { fieldsNamed, type Topic } from './lexicon.ts';
import { labelTables, labelTree, type Labels } from './labels.ts';
import { splitHead, type Meaning } from './meaning.ts';
import { itemTrees, type ItemTree, type SourceLine, type SourceSection } from './source.ts';
import { isTimeName, windowIn } from './times.ts';
import { topicOf } from './topic-of.ts';

/** Phases, their tasks and the steps of each. */
export function labelTasks(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'tasks');
  const trees = itemTrees(section.lines);
  const isPhases = trees.filter(({ line, children }) => children.length > 0 && isPhaseName(line)).length > 1;
  for (const tree of trees) {
    if (!isPhases) labelTask(labels, tree);
    else {
      labels.set(tree.line, 'phase');
      for (const child of tree.children) labelTask(labels, child);
    }
  }
  if (section.heading !== null && section.sections.length === 0 && trees.length > 0 && isPhaseName(section.heading))
    labels.set(section.heading, 'phase');
  for (const each of section.sections) labelPhaseOrMilestones(labels, each);
}

function labelPhaseOrMilestones(labels: Labels, section: SourceSection): void {
  const own = topicOf(section);
  if (own?.named !== true || own.topic !== 'milestones') return labelPhase(labels, section);
  if (section.heading !== null) labels.set(section.heading, 'heading');
  labelEach(labels, section, 'milestone', 'milestones');
}

function isPhaseName({ text, label }: SourceLine): boolean {
  return isTimeName(text) || /^\p{L}{3,} /u.test(label ?? '');
}

export function labelPhase(labels: Labels, section: SourceSection): void {
  if (section.heading !== null) labels.set(section.heading, 'phase');
  labelTables(labels, section.lines, 'tasks');
  const [first] = section.lines;
  if (first?.form === 'paragraph')
    labels.set(
      first,
      windowIn(first.text) !== null && first.text.length < 60 && windowIn(section.heading?.text ?? '') === null
        ? 'window'
        : 'purpose',
      true,
    );
  for (const tree of itemTrees(section.lines)) labelTask(labels, tree);
  for (const part of section.sections) {
    if (part.heading !== null) labels.set(part.heading, 'heading');
    labelTables(labels, part.lines, 'tasks');
    for (const tree of itemTrees(part.lines)) labelTask(labels, tree);
  }
}

function labelTask(labels: Labels, { line, children }: ItemTree): void {
  labels.set(line, 'task');
  for (const { line: step, children: finer } of children) {
    const fields = fieldsNamed(splitHead(step.text)?.[0] ?? '');
    labels.set(step, ofTask.some((field) => fields.has(field)) ? 'task-field' : 'step');
    for (const each of finer) labelTree(labels, each, 'step');
  }
}

const ofTask = ['owner', 'support', 'due', 'test', 'dependsOn'] as const;

export function labelTimeline(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'timeline');
  for (const { line, children } of itemTrees(section.lines)) {
    labels.set(line, windowIn(line.text) === null ? 'milestone' : 'window');
    for (const child of children) labelTask(labels, child);
  }
  for (const line of section.lines)
    if (line.form === 'paragraph' && windowIn(line.text) !== null && line.text.length < 160)
      labels.set(line, 'window', true);
  for (const each of section.sections) labelPhaseOrMilestones(labels, each);
}

export function labelEach(labels: Labels, section: SourceSection, meaning: Meaning, topic: Topic): void {
  labelTables(labels, section.lines, topic);
  const trees = itemTrees(section.lines);
  for (const { line } of trees) labels.set(line, meaning);
  if (trees.length === 0 && meaning === 'milestone')
    for (const line of section.lines)
      if (line.form === 'paragraph' && windowIn(line.text) !== null) labels.set(line, meaning);
  for (const each of section.sections) {
    if (each.heading !== null) labels.set(each.heading, 'heading');
    labelEach(labels, each, meaning, topic);
  }
}
