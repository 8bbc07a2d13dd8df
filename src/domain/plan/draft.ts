import type { Json, JsonObject } from '../json.ts';
import type { PersonId } from '../ids.ts';
import { canonicalJson } from '../sync/canonical-json.ts';
import { planHash } from './plan-hash.ts';
import type { PlanItem, PlanSection, PlanVersion, PublishedPlan } from './plan-item.ts';

/** One `plan-item` record: what a coordinator made of an item; null where it was removed. */
export type DraftEdit = { readonly section: PlanSection; readonly id: string; readonly item: PlanItem | null };

export type DraftChange =
  | { readonly what: 'added'; readonly item: PlanItem; readonly before: null }
  | { readonly what: 'changed'; readonly item: PlanItem; readonly before: PlanItem }
  | { readonly what: 'removed'; readonly item: null; readonly before: PlanItem };

/** The plan as it would be published now, and where that differs from what was published last. */
export type PlanDraft = { readonly items: readonly PlanItem[]; readonly changes: readonly DraftChange[] };

export type ChangedField = {
  readonly field: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

/**
 * The draft: the items of the current version, each replaced by its edit where there is one (docs/decisions/0003-drafts.md).
 * Guarantees: an edit that says what the version says is no change and leaves the published item with its salt, so that the
 * hash of an unchanged plan stays; every other edit stands, whoever published in between; any order of edits gives the same.
 */
export function composeDraft(published: readonly PlanItem[], edits: readonly DraftEdit[]): PlanDraft {
  const editOf = new Map(edits.map((edit) => [keyOf(edit), edit]));
  const changes: DraftChange[] = [];
  const items = published.flatMap((before): readonly PlanItem[] => {
    const edit = editOf.get(keyOf(before));
    if (edit === undefined) return [before];
    editOf.delete(keyOf(before));
    if (edit.item !== null && sameContent(before, edit.item)) return [before];
    if (edit.item === null) changes.push({ what: 'removed', item: null, before });
    else changes.push({ what: 'changed', item: edit.item, before });
    return edit.item === null ? [] : [edit.item];
  });
  const added = [...editOf.values()].flatMap(({ item }) => (item === null ? [] : [item])).sort(byKey);
  changes.push(...added.map((item) => ({ what: 'added' as const, item, before: null })));
  return { items: [...items, ...added], changes };
}

/** Whether two items say the same; the salt, which is new with each edit, says nothing. */
export function sameContent(one: PlanItem, other: PlanItem): boolean {
  return one === other || canonicalJson(unsalted(one)) === canonicalJson(unsalted(other));
}

/** The fields in which a changed item differs, salt left out; none for an item that was added or removed. */
export function changedFields(change: DraftChange): readonly ChangedField[] {
  if (change.what !== 'changed') return [];
  const before = change.before as unknown as JsonObject;
  const after = change.item as unknown as JsonObject;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((field) => field !== 'salt' && textOf(before[field]) !== textOf(after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/**
 * The next version of a plan: the greatest number that is known, and one more. Where the items are those of a version that
 * was published before (somebody went back to it), the header gets `salt`, so that the hash is a new one (protocol.md, Ids).
 */
export function nextVersion(
  draft: PlanDraft,
  known: readonly PublishedPlan[],
  plan: PlanVersion['plan'],
  author: PersonId,
  salt: string,
): PublishedPlan {
  const number = nextNumber(known);
  const taken = new Set(known.map(({ hash }) => hash));
  const asItIs = { items: draft.items, withheld: [] };
  const hash = planHash(asItIs);
  if (!taken.has(hash)) return { plan, number, author, ...asItIs, hash };
  const items = draft.items.map((item) => (item.section === 'header' ? { ...item, salt } : item));
  return { plan, number, author, items, withheld: [], hash: planHash({ items, withheld: [] }) };
}

/** One more than the greatest that is known. Behind the greatest number of all there is none: of two that are equal the later counts. */
export function nextNumber(known: readonly Pick<PlanVersion, 'number'>[]): number {
  const greatest = known.reduce((most, { number }) => Math.max(most, number), 0);
  return Math.min(greatest + 1, Number.MAX_SAFE_INTEGER);
}

/**
 * The edits that make the draft say what an earlier version says: its items where they differ, and the removal of what it
 * doesn't have. Publishing them is how one goes back.
 */
export function editsBackTo(draft: PlanDraft, version: readonly PlanItem[]): readonly DraftEdit[] {
  const wanted = new Map(version.map((item) => [keyOf(item), item]));
  const standing = new Map(draft.items.map((item) => [keyOf(item), item]));
  const put = version.filter((item) => {
    const now = standing.get(keyOf(item));
    return now === undefined || !sameContent(now, item);
  });
  const removed = draft.items.filter((item) => !wanted.has(keyOf(item)));
  return [
    ...put.map((item) => ({ section: item.section, id: item.id, item })),
    ...removed.map(({ section, id }) => ({ section, id, item: null })),
  ];
}

function keyOf({ section, id }: { readonly section: PlanSection; readonly id: string }): string {
  return `${section}/${id}`;
}

function byKey(a: PlanItem, b: PlanItem): number {
  return a.order - b.order || (keyOf(a) < keyOf(b) ? -1 : 1);
}

function unsalted(item: PlanItem): JsonObject {
  const { salt: _, ...rest } = item as unknown as JsonObject;
  return rest;
}

function textOf(value: Json | undefined): string {
  return value === undefined ? '' : canonicalJson(value);
}
