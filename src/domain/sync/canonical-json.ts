import type { Json } from '../json.ts';

/**
 * RFC 8785: the one text of a JSON value that is hashed and signed. Property names are sorted by UTF-16 code units, numbers
 * are written as ECMAScript writes them, there is no white space. A property that is `undefined` counts as absent. The value
 * must be finite JSON at most as deep as change.ts accepts; a number that is not finite is a bug and throws.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number in JSON must be finite');
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalJson).join(',')}]`;
  return canonicalObject(value as { readonly [key: string]: Json });
}

/** Whether two values say the same, in whatever order their properties stand; nothing at all counts as null. */
export function saysTheSame(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function canonicalObject(value: { readonly [key: string]: Json | undefined }): string {
  let text = '{';
  for (const name of Object.keys(value).sort()) {
    const member = value[name];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += `${JSON.stringify(name)}:${canonicalJson(member)}`;
  }
  return `${text}}`;
}
