import { fieldsNamed, isDescription, isInstruction, type FieldName } from './lexicon.ts';
import { labelPhase } from './label-tasks.ts';
import { fieldOfHead, labelTables, mostly, type Labels } from './labels.ts';
import { roleInSentence, splitHead, type Meaning } from './meaning.ts';
import { itemTrees, type ItemTree, type SourceLine, type SourceSection } from './source.ts';
import { isTimeName, windowIn } from './times.ts';

/** Groups, roles and what each does, by how deep they stand below their chapter. */
export function labelRoles(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'roles');
  const trees = itemTrees(section.lines);
  if (section.sections.length === 0) return labelRolesOfItems(labels, section, trees);
  for (const { line } of trees) labels.set(line, 'unused');
  const withinGroups = section.sections.some((each) => hasPositions(each));
  for (const each of section.sections) {
    if (each.heading === null) continue;
    const inner = each.sections.filter(({ heading }) => heading !== null && !isPartOfRole(heading));
    labels.set(each.heading, withinGroups || inner.length > 0 ? 'group' : 'role');
    labelRole(labels, { ...each, sections: each.sections.filter((part) => !inner.includes(part)) });
    for (const role of inner) {
      if (role.heading !== null) labels.set(role.heading, 'role');
      labelRole(labels, role);
    }
  }
}

/** Whether what stands below the heading of a group are roles of their own. */
function hasPositions({ lines }: SourceSection): boolean {
  const trees = itemTrees(lines);
  if (trees.filter(isRoleWithDuties).length > 1) return true;
  if (
    trees.length === 0 &&
    mostly(lines.filter(({ form }) => form === 'paragraph').map(({ text }) => isPosition(text)))
  )
    return true;
  const lists = [
    trees,
    ...trees.filter(({ line }) => fieldOfHead(line.text) === 'responsibilities').map(({ children }) => children),
  ];
  return lists.some((list) => mostly(list.map(({ line }) => isPosition(line.text))));
}

/** An item that is no duty and has some below it. */
function isRoleWithDuties({ line, children }: ItemTree): boolean {
  return children.length > 0 && fieldOfHead(line.text) === null && !isInstruction(line.text);
}

/** A heading below a role that begins a part of it, not another role. */
function isPartOfRole(heading: SourceLine): boolean {
  return isTimeName(heading.text) || fieldsNamed(heading.text).size > 0 || heading.text.endsWith(':');
}

function labelRolesOfItems(labels: Labels, section: SourceSection, trees: readonly ItemTree[]): void {
  const nested = trees.filter(({ children }) => children.length > 0);
  const positions = trees.filter(({ line }) => isPosition(line.text));
  if (nested.length > 0 || positions.length >= trees.length / 2) {
    for (const { line, children } of trees) {
      labels.set(line, 'role', nested.length === 0 && !isPosition(line.text));
      for (const child of children) labelPartOfRole(labels, child, false);
    }
    return;
  }
  if (section.heading !== null && trees.length > 0) labels.set(section.heading, 'role', true);
  for (const tree of trees) labelPartOfRole(labels, tree, false);
}

function labelRole(labels: Labels, section: SourceSection): void {
  labelTables(labels, section.lines, 'roles');
  const trees = itemTrees(section.lines);
  const [first] = section.lines.filter(({ form }) => form === 'paragraph');
  for (const line of section.lines) {
    if (line.form !== 'paragraph') continue;
    const field = fieldOfHead(line.text);
    const meaning = field === null ? null : (ofRole[field] ?? null);
    if (trees.length === 0 && (isPosition(line.text) || roleInSentence(line.text) !== null)) labels.set(line, 'role');
    else if (trees.length === 0 && line === first && isDescription(line.text)) labels.set(line, 'responsibility');
    else if (meaning !== null && splitHead(line.text)?.[1] !== '') labels.set(line, meaning);
    else if (meaning !== null) labels.set(line, 'heading');
    else if (line === first) labels.set(line, 'mission', true);
  }
  const positions = mostly(trees.map(({ line }) => isPosition(line.text)));
  const nested = trees.filter(isRoleWithDuties).length > 1;
  for (const tree of trees) {
    labelPartOfRole(labels, tree, positions);
    if (nested && isRoleWithDuties(tree)) labels.set(tree.line, 'role');
  }
  for (const part of section.sections) {
    if (part.heading === null) continue;
    if (!isTimeName(part.heading.text)) {
      labels.set(part.heading, 'heading');
      for (const tree of itemTrees(part.lines)) labelPartOfRole(labels, tree, false);
    } else labelPhase(labels, part);
  }
}

const ofRole: Readonly<Partial<Record<FieldName, Meaning>>> = {
  mission: 'mission',
  reportsTo: 'reports-to',
  holder: 'holder',
  deputy: 'holder',
  phone: 'holder',
  email: 'holder',
};

function labelPartOfRole(labels: Labels, { line, children }: ItemTree, amongPositions: boolean): void {
  const field = fieldOfHead(line.text);
  if (field === 'responsibilities') {
    const positions = mostly(children.map((child) => isPosition(child.line.text)));
    if (splitHead(line.text)?.[1] !== '' && children.length === 0) labels.set(line, 'responsibility');
    else labels.set(line, 'heading');
    for (const child of children) labelPartOfRole(labels, child, positions);
    return;
  }
  const known = field === null ? undefined : ofRole[field];
  if (known !== undefined) labels.set(line, known);
  else if (amongPositions && isPosition(line.text)) labels.set(line, 'role');
  else labels.set(line, 'responsibility', !isInstruction(line.text) && !isDescription(line.text));
  for (const child of children) labelPartOfRole(labels, child, false);
}

/** `Recovery Coordinator: leads …`: a short name that is no instruction, and what it does. */
function isPosition(text: string): boolean {
  const [head, rest] = splitHead(text) ?? ['', ''];
  if (head === '' || rest === '' || head.split(' ').length > 6) return false;
  return fieldsNamed(head).size === 0 && /^\p{Lu}/u.test(head) && windowIn(head) === null && !isInstruction(head);
}
