import type { Json } from '../json.ts';
import type { PlanItem } from './plan-item.ts';

/** The words of every item, ready to be looked through while somebody types. */
export type PlanIndex = readonly { readonly item: PlanItem; readonly code: string; readonly words: string }[];

export function planIndex(items: readonly PlanItem[]): PlanIndex {
  return items.map((item) => ({
    item,
    code: item.section === 'task' ? item.id.toLowerCase() : '',
    words: textsOf(item as unknown as Json, true)
      .join('\n')
      .toLowerCase(),
  }));
}

/**
 * Items that hold every word of the query, in any order and as parts of words; a task whose code begins with the query comes
 * first. The plan's order otherwise. An empty query finds nothing.
 */
export function findItems(index: PlanIndex, query: string): readonly PlanItem[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const words = wanted.split(/\s+/);
  const byCode: PlanItem[] = [];
  const byWords: PlanItem[] = [];
  for (const { item, code, words: held } of index) {
    if (code !== '' && code.startsWith(wanted)) byCode.push(item);
    else if (words.every((word) => held.includes(word) || code === word)) byWords.push(item);
  }
  return [...byCode, ...byWords];
}

/** Every text of an item but what people don't read: salt, section, and at the top the id. */
function textsOf(value: Json, top: boolean): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((member) => textsOf(member, false));
  return Object.entries(value).flatMap(([name, member]) =>
    top && (name === 'salt' || name === 'section' || name === 'id') ? [] : textsOf(member, false),
  );
}
