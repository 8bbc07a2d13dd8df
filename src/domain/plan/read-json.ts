import { forbiddenNames } from '../ids.ts';
import type { Json } from '../json.ts';
import { fieldPath } from './field-path.ts';
import type { PlanFault } from './plan-fault.ts';

/** Nesting beyond this is no plan; a plan needs six levels, the rest is for fields of newer apps. */
const deepest = 32;

/**
 * JSON from outside that is safe to walk, to hash and to spread. Refuses, each by its path: names that reach a prototype,
 * nesting deeper than 32, numbers that are not finite once read (`1e999`), and texts with half a surrogate pair, which RFC
 * 8785 can't write. The depth is counted before the text is parsed, so that a hostile file can't exhaust the stack.
 */
export function readJson(text: string): { readonly json: Json; readonly faults: readonly PlanFault[] } {
  if (depthOf(text) > deepest) return failed('too-deep', `the file is nested deeper than ${deepest} levels`);
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch (fault) {
    return failed(
      'not-json',
      `the file is not JSON: ${fault instanceof Error ? fault.message : 'it could not be read'}`,
    );
  }
  const faults: PlanFault[] = [];
  collect(json, [], faults);
  return { json, faults };
}

function failed(tag: PlanFault['tag'], words: string) {
  return { json: null, faults: [{ tag, path: '', item: null, words }] };
}

/** Brackets open at once, outside of strings. What is no JSON gives some number; the parser then refuses it. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at += 1;
      else if (sign === '"') inString = false;
    } else if (sign === '"') inString = true;
    else if (sign === '{' || sign === '[') most = Math.max(most, (depth += 1));
    else if (sign === '}' || sign === ']') depth -= 1;
  }
  return most;
}

function collect(value: Json, path: readonly PropertyKey[], faults: PlanFault[]): void {
  const add = (tag: PlanFault['tag'], at: readonly PropertyKey[], words: string) =>
    faults.push({ tag, path: fieldPath(at), item: null, words });
  if (typeof value === 'number' && !Number.isFinite(value)) add('unhashable', path, 'is too large a number');
  if (typeof value === 'string' && /\p{Surrogate}/u.test(value)) add('unhashable', path, 'has a broken character');
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    (value as readonly Json[]).forEach((member, place) => collect(member, [...path, place], faults));
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const at = [...path, name];
    if (forbiddenNames.has(name)) add('forbidden-name', at, `a field may not be named ${name}`);
    else if (/\p{Surrogate}/u.test(name)) add('unhashable', at, 'has a broken character in its name');
    else collect(member, at, faults);
  }
}
