import { useEffect, useRef, useState } from 'react';
import { sameContent } from '../../domain/plan/draft.ts';
import { itemFaults, type FieldFault } from '../../domain/plan/item-faults.ts';
import type { PlanItem } from '../../domain/plan/plan-item.ts';
import { capitalised, sentence } from '../../domain/sentence.ts';
import { useUnfinished } from '../../parts/unfinished.tsx';
import { useToast } from '../../ui/toasts.tsx';
import type { DraftView, SaveEdits } from '../../parts/use-draft.ts';

type Fields = Readonly<Record<string, unknown>>;

export type ItemForm<Item extends PlanItem> = {
  readonly value: Item;
  readonly set: (fields: Partial<Item>) => void;
  /** Sets and offers to take it back for ten seconds. */
  readonly setWithUndo: (fields: Partial<Item>, words: string) => void;
  readonly faultAt: (field: string) => string | null;
  /** Faults of fields that this form doesn't show. */
  readonly otherFaults: (shown: readonly string[]) => readonly string[];
  /** For a field of text; an optional one that is emptied goes. */
  readonly text: (field: keyof Item & string, optional?: 'optional') => TextProps;
  /** For a list of short texts, one on each line. */
  readonly lines: (field: keyof Item & string) => TextProps;
  /** Somebody else's edit that came while this form was open; null where there is none. */
  readonly overtaken: { readonly item: Item | null; readonly take: () => void } | null;
  /** Throws away what was typed here earlier and never saved; null where nothing was. */
  readonly beginAnew: (() => void) | null;
  /** Rises when other values than the typed ones are put in: fields that hold a text of their own begin again. */
  readonly round: number;
  readonly save: () => Promise<boolean>;
  /** What was typed isn't wanted any more. */
  readonly forget: () => void;
  readonly busy: boolean;
  readonly place: React.RefObject<HTMLDivElement | null>;
};

type TextProps = { readonly value: string; readonly onValue: (value: string) => void; readonly fault: string | null };

/** An item as it was opened, and as it is typed. */
type Typed<Item> = { readonly opened: Item; readonly value: Item };

/** One item being written. What was typed stays until it is on disk or thrown away, also while another screen is open; faults are said at their fields and hold the save back. */
export function useItemForm<Item extends PlanItem>(
  view: DraftView,
  start: Item,
  saveEdits: SaveEdits,
  words: string,
  isNew = false,
): ItemForm<Item> {
  const unfinished = useUnfinished();
  const form = formName(view, start, isNew);
  const [earlier, setEarlier] = useState(() => unfinished.find(form) as Typed<Item> | undefined);
  const [opened, setOpened] = useState(earlier?.opened ?? start);
  const [value, setValue] = useState(earlier?.value ?? start);
  const [round, setRound] = useState(0);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const [busy, setBusy] = useState(false);
  const toast = useToast();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (faults.length > 0) place.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [faults]);

  useEffect(() => {
    // tidied: what is typed may be no number yet, which has no content to compare
    if (sameContent(tidy(value), tidy(opened))) unfinished.drop(form);
    else unfinished.keep(form, { opened, value } satisfies Typed<Item>);
  }, [unfinished, form, opened, value]);

  const forget = () => unfinished.drop(form);
  const putIn = (item: Item) => {
    forget();
    setEarlier(undefined);
    setOpened(item);
    setValue(item);
    setFaults([]);
    setRound((before) => before + 1);
  };
  const fields = value as Fields;
  const set = (more: Partial<Item>) => {
    setValue((before) => ({ ...before, ...more }));
    setFaults((before) => before.filter(({ field }) => field === null || !(field in more)));
  };
  const faultAt = (field: string) => {
    const found = faults.filter((each) => each.field === field);
    return found.length === 0 ? null : found.map(faultWords).join(' ');
  };
  const props = (field: string, shown: string, read: (typed: string) => unknown): TextProps => ({
    value: shown,
    onValue: (typed) => set({ [field]: read(typed) } as Partial<Item>),
    fault: faultAt(field),
  });
  const latest = isNew ? null : latestOf(view, start);
  const moved = !isNew && (latest === null || !sameContent(latest, opened));

  const save = async () => {
    const tidied = tidy(value);
    const found = isNew && isTaken(view, tidied) ? [taken] : itemFaults(view.items, tidied);
    setFaults(found);
    if (found.length > 0) return false;
    if (latest !== null && sameContent(tidied, latest)) {
      forget();
      return true;
    }
    setBusy(true);
    const saved = await saveEdits([{ section: tidied.section, id: tidied.id, item: tidied }], words);
    setBusy(false);
    if (saved) forget();
    return saved;
  };

  return {
    value,
    set,
    setWithUndo: (more, said) => {
      const before = Object.fromEntries(Object.keys(more).map((field) => [field, fields[field]])) as Partial<Item>;
      set(more);
      toast({ words: said, action: { label: 'Undo', onPress: () => set(before) } });
    },
    faultAt,
    otherFaults: (shown) =>
      faults
        .filter(({ field }) => field === null || !shown.includes(field))
        .map((each) => `${each.field === null ? 'This item' : each.field} ${faultWords(each)}`),
    text: (field, optional) => {
      const text = fields[field];
      return props(field, typeof text === 'string' ? text : '', (typed) =>
        optional !== undefined && typed === '' ? undefined : typed,
      );
    },
    lines: (field) => props(field, (fields[field] as readonly string[]).join('\n'), (typed) => typed.split('\n')),
    overtaken: moved
      ? {
          item: latest,
          take: () => putIn(latest ?? start),
        }
      : null,
    beginAnew: earlier === undefined ? null : () => putIn(latest ?? start),
    round,
    save,
    forget,
    busy,
    place,
  };
}

/** New tasks of two phases are two forms. */
function formName(view: DraftView, start: PlanItem, isNew: boolean): string {
  const place = isNew ? `new ${start.section === 'task' ? start.phase : ''}` : start.id;
  return `draft ${view.base.version.plan}/${start.section}/${place}`;
}

const taken: FieldFault = { field: 'id', place: null, words: 'is taken already' };

/** Capitals can't be heard, so they make no new code. */
function isTaken(view: DraftView, { section, id }: PlanItem): boolean {
  return view.items.some((item) => item.section === section && item.id.toLowerCase() === id.toLowerCase());
}

function latestOf<Item extends PlanItem>(view: DraftView, { section, id }: Item): Item | null {
  return (view.items.find((item) => item.section === section && item.id === id) as Item | undefined) ?? null;
}

/** As it will travel, without the blanks and empty lines of typing. */
function tidy<Item extends PlanItem>(item: Item): Item {
  const trimmed = Object.entries(item).map(([field, member]): readonly [string, unknown] => {
    if (typeof member === 'string') return [field, member.trim()];
    if (!Array.isArray(member)) return [field, member];
    const whole = (member as readonly unknown[]).map((each) => (typeof each === 'string' ? each.trim() : each));
    return [field, whole.filter((each) => each !== '')];
  });
  return JSON.parse(JSON.stringify(Object.fromEntries(trimmed))) as Item;
}

function faultWords({ place, words }: FieldFault): string {
  const said = place === null ? words : `Number ${place + 1}: ${words}`;
  return sentence(capitalised(said));
}
