import { parseInstant } from '../ids.ts';
import { whenWords } from '../incident/zoned-time.ts';
import type { Json, JsonObject } from '../json.ts';
import { saysTheSame } from './canonical-json.ts';
import type { Wording } from './change-words.ts';
import { referenceWords } from './reference-words.ts';

const mostFields = 4;
const mostCharacters = 120;

/**
 * A value of many fields in words: `title: Fire; severity: severe`. Told apart from another value it names the fields that
 * differ, otherwise its first few; `the same` where nothing differs that a person could tell.
 */
export function fieldsInWords(value: JsonObject, other: Json | undefined, wording: Wording): string {
  const than = typeof other === 'object' && other !== null && !Array.isArray(other) ? (other as JsonObject) : {};
  const names = [...new Set([...Object.keys(value), ...(other === undefined ? [] : Object.keys(than))])];
  const told = names.filter(
    (name) => !untold.has(name) && (other === undefined || !saysTheSame(value[name], than[name])),
  );
  const words = told.flatMap((name) => {
    const said = fieldSays(name, value[name], wording);
    // With nothing to compare, an empty field says nothing.
    return other === undefined && said === nothing ? [] : [`${nameInWords(name)}: ${said}`];
  });
  if (words.length === 0) return other === undefined ? 'nothing filled in' : 'the same';
  const more = words.length - mostFields;
  return [...words.slice(0, mostFields), ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

const nothing = 'nothing';
/** Made by the app; no person tells changes apart by them. */
const untold: ReadonlySet<string> = new Set(['salt', 'section', 'id', 'by', 'order', 'plan', 'code', 'incident']);
/** A holder's name says who it is. */
const saidByName: ReadonlySet<string> = new Set([...untold, 'kind', 'person', 'contact']);

function nameInWords(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`).replaceAll('-', ' ');
}

function fieldSays(name: string, value: Json | undefined, wording: Wording): string {
  if (value === undefined || value === null || value === '') return nothing;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return textSays(name, value, wording);
  if (Array.isArray(value)) {
    const all = (value as readonly Json[]).map((each) => fieldSays(name, each, wording));
    return all.length === 0 ? nothing : short(all.join(', '));
  }
  const parts = value as JsonObject;
  const unsaid = typeof parts.name === 'string' ? saidByName : untold;
  const texts = Object.entries(parts).flatMap(([part, each]) =>
    typeof each === 'string' && !unsaid.has(part) ? [textSays(part, each, wording)] : [],
  );
  return texts.length === 0 ? nothing : short(texts.join(' '));
}

function textSays(field: string, text: string, wording: Wording): string {
  const at = parseInstant(text);
  if (at.ok) return whenWords(at.value, wording.zone, wording.now);
  return short(referenceWords(field, text, wording) ?? text);
}

function short(text: string): string {
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters - 1)}…`;
}
