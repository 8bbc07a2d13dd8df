import {
  density,
  fieldsNamed,
  isInstruction,
  procedureKind,
  resourceKind,
  topics,
  topicsOfHeading,
  type Topic,
  isKindName,
} from './lexicon.ts';
import { hasWayToReach, splitHead } from './meaning.ts';
import { itemTrees, linesWithin, type SourceSection } from './source.ts';
import { windowIn } from './times.ts';

export type TopicGuess = {
  readonly topic: Topic;
  /** The heading says so, not only what stands below it. */
  readonly named: boolean;
};

/** Below it a heading or what it heads says too little. */
const enough = 2;

/** What a section is about, by the words of its heading and by what its lines look like; null where neither says. */
export function topicOf(section: SourceSection): TopicGuess | null {
  const byHeading =
    section.heading === null
      ? new Map<Topic, number>()
      : topicsOfHeading(`${section.heading.label ?? ''} ${section.heading.text}`);
  const byContent = contentScores(section);
  let best: Topic | null = null;
  let most = 0;
  for (const topic of topics) {
    const score = (byHeading.get(topic) ?? 0) + (byContent.get(topic) ?? 0);
    if (score > most) [best, most] = [topic, score];
  }
  return best === null || most < enough ? null : { topic: best, named: (byHeading.get(best) ?? 0) >= 3 };
}

function contentScores(section: SourceSection): ReadonlyMap<Topic, number> {
  const lines = linesWithin(section);
  const roots = itemTrees(section.lines);
  const heads = [...roots.map(({ line }) => line), ...section.sections.flatMap(({ heading }) => heading ?? [])];
  const items = lines.filter(({ form }) => form === 'item' || form === 'row');
  const text = lines.map((line) => [line.text, ...line.cells].join(' ')).join(' ');
  const scores = new Map<Topic, number>();
  const add = (topic: Topic, score: number) => scores.set(topic, (scores.get(topic) ?? 0) + score);
  if (items.length === 0) add('talk', 1);

  const fields = lines.map((line) => fieldsNamed(splitHead(line.text)?.[0] ?? line.text));
  if (fields.filter((each) => each.has('mission') || each.has('responsibilities')).length > 1) add('roles', 5);
  const ranged = share(heads, ({ text: each }) => isRange(each));
  if (heads.length > 1 && ranged >= 0.6) add(section.sections.length > 1 ? 'tasks' : 'timeline', 4);
  const isNumbered = ({ heading }: SourceSection) => /^\p{L}+ /u.test(heading?.label ?? '');
  if (isNumbered(section)) add('tasks', 2);
  if (section.sections.length > 1 && section.sections.every(isNumbered)) add('tasks', 4);
  const said = lines.filter(({ form }) => form !== 'heading');
  if (said.length > 1 && share(said, (line) => hasWayToReach([line.text, ...line.cells].join(' '))) >= 0.5)
    add('contacts', 5);
  if (roots.length > 1 && share(roots, ({ line }) => isInstruction(line.text)) >= 0.6) add('tasks', 2);

  const spoken = density('communication', text);
  if (spoken >= 6) add('communication', spoken >= 10 ? 2.5 : 1.5);
  if (heads.length > 1 && new Set(heads.flatMap(({ text: each }) => procedureKind(each) ?? [])).size > 1)
    add('communication', 2);
  if (density('resources', text) >= 8) add('resources', 1.5);
  if (heads.length > 1 && heads.every(({ text: each }) => isKindName(each))) add('resources', 5);
  const named = heads.flatMap(({ text: each }) => resourceKind(splitHead(each)?.[0] ?? '') ?? []);
  if (heads.length > 1 && new Set(named).size > 1 && named.length >= heads.length / 2) add('resources', 2);
  return scores;
}

/** Whether it names a time with both ends. */
function isRange(text: string): boolean {
  const window = windowIn(text);
  return window !== null && window.from !== null && window.to !== null;
}

function share<T>(members: readonly T[], has: (member: T) => boolean): number {
  return members.length === 0 ? 0 : members.filter(has).length / members.length;
}
