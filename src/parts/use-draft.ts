import { useCallback, useMemo } from 'react';
import type { DraftEdit, PlanDraft } from '../domain/plan/draft.ts';
import { composeDraft } from '../domain/plan/draft.ts';
import type { PlanSection } from '../domain/plan/plan-item.ts';
import { planOf, type Plan } from '../domain/plan/plan.ts';
import type { Draft, Shown } from '../domain/ports/records.ts';
import { base64url } from '../domain/sync/base64url.ts';
import { recordKey, type ValueOf } from '../domain/sync/kinds.ts';
import { usePorts } from './ports.tsx';
import type { HeldVersion } from './use-plan-versions.ts';
import { useRecords } from './use-live.ts';
import { useWrite } from './use-write.ts';
import { useToast } from '../ui/toasts.tsx';

/** The draft as the coordinators' screens read it. */
export type DraftView = PlanDraft & {
  /** The version it begins from: the current one. */
  readonly base: HeldVersion;
  readonly plan: Plan;
  /** The record of an item's last edit, its removal included; null where it was never edited. */
  readonly edited: (section: PlanSection, id: string) => Shown<'plan-item'> | null;
  /** Some edit was written by a newer app: publishing it here could drop what this app doesn't know. */
  readonly newer: boolean;
};

/** Undefined while it is being read. */
export function useDraft(base: HeldVersion | null): DraftView | undefined {
  const shown = useRecords('plan-item', base === null ? null : `${base.version.plan}/`, { tombstones: true });
  return useMemo(() => {
    if (base === null || shown === undefined) return undefined;
    const byKey = new Map(shown.map((each) => [each.key, each]));
    const draft = composeDraft(base.version.items, shown.flatMap(editOf));
    return {
      ...draft,
      base,
      plan: planOf(draft.items),
      edited: (section, id) => byKey.get(recordKey(base.version.plan, section, id)) ?? null,
      newer: shown.some(({ readOnly }) => readOnly),
    };
  }, [base, shown]);
}

function editOf({ key, value }: Shown<'plan-item'>): readonly DraftEdit[] {
  const [, section, id] = key.split('/');
  if (section === undefined || id === undefined) return [];
  return [{ section: section as PlanSection, id, item: value }];
}

export type SaveEdits = (
  edits: readonly DraftEdit[],
  words: string,
  options?: {
    /** Offers to take it back for ten seconds. */
    readonly undo?: boolean;
    /** The items are published ones brought back: they keep their salts, so that they are recognised. */
    readonly published?: boolean;
  },
) => Promise<boolean>;

/** Writes edits to the draft, each with a new salt, and says so; false after having said loudly that nothing was saved. */
export function useSaveEdits(view: DraftView): SaveEdits {
  const { random } = usePorts();
  const write = useWrite();
  const toast = useToast();
  return useCallback(
    async (edits, words, { undo = false, published = false } = {}) => {
      const drafts = edits.map(({ section, id, item }): Draft<'plan-item'> => {
        const salted = item === null || published ? item : { ...item, salt: newSalt(random) };
        return {
          kind: 'plan-item',
          key: recordKey(view.base.version.plan, section, id),
          value: salted as ValueOf<'plan-item'> | null,
          shown: view.edited(section, id),
        };
      });
      const saved = await write(drafts);
      if (saved === null) return false;
      if (!undo) {
        toast({ words });
        return true;
      }
      const back = drafts.map((draft, place): Draft<'plan-item'> => {
        const [{ section, id }, change] = [edits[place] as DraftEdit, saved[place]?.change];
        const before = view.items.find((item) => item.section === section && item.id === id) ?? null;
        return {
          ...draft,
          value: before as ValueOf<'plan-item'> | null,
          shown: change === undefined ? null : { change, stamp: null },
        };
      });
      toast({ words, action: { label: 'Undo', onPress: () => void write(back) } });
      return true;
    },
    [view, random, write, toast],
  );
}

/** 16 bytes base64url (protocol.md, Ids). */
export function newSalt(random: { readonly bytes: (length: number) => Uint8Array }): string {
  return base64url(random.bytes(16));
}
