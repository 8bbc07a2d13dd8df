import { capitalised } from '../../domain/sentence.ts';
import { changedFields, type ChangedField, type DraftChange } from '../../domain/plan/draft.ts';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { Json } from '../../domain/json.ts';
import { planMinutes } from '../../parts/time-words.ts';
import { itemTitle, sectionWords } from './item-words.ts';

export type ChangeWords = { readonly title: string; readonly lines: readonly string[] };

/** A change of the draft as a reader checks it before it is published: what, and from what to what. */
export function changeWords(change: DraftChange, plan: Plan): ChangeWords {
  const item = change.item ?? change.before;
  const title = `${doneWords[change.what]}: ${nameOf(item)}`;
  return {
    title,
    lines: changedFields(change).map((field) => `${fieldName(field.field)}: ${fieldWords(field, plan)}`),
  };
}

const doneWords: Readonly<Record<DraftChange['what'], string>> = {
  added: 'Added',
  changed: 'Changed',
  removed: 'Removed',
};

function nameOf(item: PlanItem): string {
  return item.section === 'header'
    ? 'about this plan'
    : `${sectionWords[item.section].toLowerCase()} ${itemTitle(item)}`;
}

/** Only where a field isn't called what it is. */
const names: Readonly<Record<string, string>> = {
  dependsOn: 'waits for',
  completionTest: 'done when',
  order: 'place in the order',
  means: 'means of contact',
  neededBy: 'needed by',
  verifiedAt: 'last verified',
  declaredBy: 'may declare',
  recoveryTests: 'recovery needs',
};

const minuteFields: ReadonlySet<string> = new Set(['target', 'rto', 'rpo', 'mtd', 'at', 'from', 'to']);

function fieldName(field: string): string {
  const words = names[field] ?? field.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`);
  return capitalised(words);
}

function fieldWords({ field, before, after }: ChangedField, plan: Plan): string {
  if (field === 'order') return 'moved';
  if (isList(before) && isList(after)) return listWords(before, after, plan);
  return `${valueWords(field, before, plan)} → ${valueWords(field, after, plan)}`;
}

function listWords(before: readonly Json[], after: readonly Json[], plan: Plan): string {
  const [was, is] = [before, after].map((list) => list.map((each) => valueWords('', each, plan))) as [
    string[],
    string[],
  ];
  const added = is.filter((each) => !was.includes(each)).map((each) => `added ${each}`);
  const removed = was.filter((each) => !is.includes(each)).map((each) => `removed ${each}`);
  const said = [...removed, ...added];
  return said.length > 0
    ? said.join('; ')
    : was.length === is.length
      ? 'in another order'
      : `now ${is.length} of ${was.length}`;
}

function valueWords(field: string, value: Json | undefined, plan: Plan): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return minuteFields.has(field) ? planMinutes(value) : String(value);
  if (typeof value === 'string') return textWords(value, plan);
  if (isList(value)) return value.map((each) => valueWords('', each, plan)).join(', ') || 'nothing';
  const texts = Object.entries(value).flatMap(([member, each]) =>
    typeof each === 'string' && member !== 'person' ? [memberWords(member, each, plan)] : [],
  );
  return `“${short(texts.join(' · '))}”`;
}

function memberWords(member: string, text: string, plan: Plan): string {
  if (member !== 'contact') return text;
  return `contact ${plan.contacts.find(({ id }) => id === text)?.name ?? text}`;
}

/** An id is said as what it stands for. */
function textWords(text: string, plan: Plan): string {
  const role = plan.roles.find(({ id }) => id === text);
  if (role !== undefined) return role.title;
  if (plan.tasks.some(({ id }) => id === text)) return text;
  const phase = plan.phases.find(({ id }) => id === text);
  return `“${short(phase?.title ?? text)}”`;
}

function short(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}…`;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
