import type { JsonObject } from '../json.ts';
import type { PlanSection } from './plan-item.ts';

/** Why a plan can't be taken as it is. Each names its place and says in words what is wrong there. */
export type PlanFaultTag =
  /** Over 6 MiB or 20,000 items, or one item over 64 KiB (protocol.md, Limits). */
  | 'too-large'
  | 'not-text'
  | 'not-json'
  | 'not-a-plan'
  /** Written in a later form of the plan file. */
  | 'newer-format'
  /** A property name that would reach a prototype. */
  | 'forbidden-name'
  | 'too-deep'
  /** A number or text that JSON can say and that can't be hashed (RFC 8785). */
  | 'unhashable'
  /** A field is missing, of the wrong type, too long … */
  | 'malformed'
  | 'unknown-reference'
  | 'duplicate'
  | 'cycle'
  | 'window'
  | 'leads-nowhere'
  | 'placeholder'
  | 'no-header';

export type PlanFault = {
  readonly tag: PlanFaultTag;
  /** Where in the file: `items[12].owner`; empty for the file as a whole. */
  readonly path: string;
  /** Which item, for an editor that shows no paths; null where it is none or can't be told. */
  readonly item: { readonly section: PlanSection; readonly id: string } | null;
  /** What is wrong there, in words that need no path. */
  readonly words: string;
};

/** A fault inside one item; `path` begins inside the item. */
export type ItemFault = {
  readonly tag: PlanFaultTag;
  readonly path: readonly PropertyKey[];
  readonly words: string;
};

/** An item whose section and id can be told, whatever else is wrong with it; `place` is where it stands in the file. */
export type NamedItem = {
  readonly place: number;
  readonly section: PlanSection;
  readonly id: string;
  readonly item: JsonObject;
};
