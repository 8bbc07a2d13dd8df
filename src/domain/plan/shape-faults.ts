import type * as z from 'zod/mini';
import { didYouMean } from './closest-name.ts';

export type ShapeFault = { readonly path: readonly PropertyKey[]; readonly words: string };

type Issue = z.core.$ZodIssue;

/** What a schema found wrong with `value`, every place of it, in words that say what the field must be. */
export function shapeFaults(issues: readonly Issue[], value: unknown): readonly ShapeFault[] {
  return issues.map((issue) => ({ path: issue.path, words: issueWords(issue, valueAt(value, issue.path)) }));
}

/** zod's own word where a schema says nothing better. */
const unsaid = 'Invalid input';

function issueWords(issue: Issue, found: unknown): string {
  if (found === undefined) return 'is missing';
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String), found);
  if (issue.code === 'invalid_union') return unionWords(issue, found);
  if (issue.code === 'invalid_type') return `must be ${expectedWords(issue.expected)}`;
  if (issue.message !== unsaid) return issue.message;
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return 'is not as it must be';
}

function unionWords(issue: Extract<Issue, { code: 'invalid_union' }>, found: unknown): string {
  const known = (issue as { readonly options?: readonly unknown[] }).options;
  return known === undefined ? 'is none of the kinds that may stand here' : oneOf(known.map(String), found);
}

function oneOf(known: readonly string[], found: unknown): string {
  const guess = typeof found === 'string' ? didYouMean(found, known) : '';
  if (known.length === 1) return `must be "${known[0] ?? ''}"`;
  return `must be one of ${known.join(', ')}${guess}`;
}

function expectedWords(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'int':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
      return 'an object';
    case 'null':
      return 'null';
    default:
      return `a value of type ${expected}`;
  }
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, segment) =>
      typeof at === 'object' && at !== null ? (at as Record<PropertyKey, unknown>)[segment] : undefined,
    value,
  );
}
