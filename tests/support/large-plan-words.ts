import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionGroup, Procedure, Risk, ActivationCriterion } from '../../src/domain/plan/plan-item.ts';
import { seededBytes } from './seeded-random.ts';

/*
 * What the generated sample plans are made of: an invented retail group with systems, and with stores, depots and offices in
 * many towns. `{x}` in the work stands for the system, site or role; an owner `{site}` is whoever leads the site.
 */

export type RoleWords = {
  readonly id: string;
  /** Begins its task codes. */
  readonly prefix: string;
  readonly title: string;
  readonly group: FunctionGroup;
  readonly reportsTo: string | null;
  readonly mission: string;
};

export type WorkWords = {
  readonly owner: string;
  readonly supporting: readonly string[];
  /** Due this many minutes after the work on the system or site begins. */
  readonly after: number;
  readonly title: string;
  readonly steps: readonly string[];
  readonly test: string;
  readonly detail?: string;
  readonly critical?: boolean;
};

type Words = {
  /** The most needed first; a superior always stands before those below. */
  readonly roles: readonly RoleWords[];
  readonly groups: readonly { readonly vest: FunctionGroup; readonly name: string; readonly purpose: string }[];
  readonly phases: readonly {
    readonly id: string;
    readonly title: string;
    readonly fromHour: number;
    readonly toHour: number;
    readonly purpose: string;
  }[];
  /** In the order in which they are restored. */
  readonly systems: readonly string[];
  readonly coastTowns: readonly string[];
  readonly inlandTowns: readonly string[];
  readonly siteKinds: readonly string[];
  readonly firstNames: readonly string[];
  readonly lastNames: readonly string[];
  readonly suppliers: readonly string[];
  readonly systemWork: readonly WorkWords[];
  readonly siteWork: readonly WorkWords[];
  readonly roleWork: WorkWords;
  readonly risks: readonly (readonly [string, Risk['likelihood'], Risk['consequence'], string])[];
  readonly objectives: readonly (readonly [title: string, measure: string])[];
  readonly criteria: readonly (readonly [title: string, severity: ActivationCriterion['severity']])[];
  readonly procedures: readonly (readonly [
    title: string,
    kind: Procedure['kind'],
    audience: string,
    channel: string,
    everyMinutes: number,
  ])[];
};

export const words = JSON.parse(readFileSync(join(import.meta.dirname, 'large-plan-words.json'), 'utf8')) as Words;

/** Choices that are the same in every run. */
export type Choices = {
  /** A whole number below `most`. */
  readonly below: (most: number) => number;
  readonly bytes: (length: number) => Uint8Array;
};

export function choicesOf(seed: number): Choices {
  const bytes = seededBytes(seed);
  return {
    bytes,
    below(most) {
      const [high = 0, low = 0] = bytes(2);
      return (high * 256 + low) % most;
    },
  };
}

/** Words to an id: `Order database` to `order-database`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
