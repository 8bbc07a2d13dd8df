import type { Draw } from './draw.ts';

/*
 * What nobody means well with: wrong types, huge, deep, names that reach a prototype, letters that no keyboard has, SQL, markup, paths.
 */

const strings: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\udfff\ud800',
  '\u202eevil',
  '\ufeff',
  '🧯'.repeat(40),
  'İıſK',
  'ß'.repeat(70),
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  '..',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '%',
  '%zz',
  "' OR '1'='1",
  "x'; DROP TABLE changes; --",
  '$1',
  '?',
  '=cmd|calc!A1',
  '<script>alert(1)</script>',
  '{{7*7}}',
  '${process.exit(1)}',
  'null',
  'true',
  '-1',
  '1e999',
  'NaN',
  '9'.repeat(20),
  '2026-02-30T12:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '1969-12-31T23:59:59.999Z',
  '2026-11-23T12:56:00.000Z-ffff-ffffffffffffffff',
  '0000000000000000',
  'ffffffffffffffff',
  '\r\nx-injected: 1',
  'a'.repeat(65),
  'a/'.repeat(100),
];

const numbers: readonly number[] = [
  ...[-1, 0, 1, 0.5, 1e21, -0, 2 ** 31, 2 ** 53, -(2 ** 53), 2 ** 63, Number.MAX_VALUE, Number.MIN_VALUE],
];

/** A string to put behind a slash, into a query, or as a name. */
export function hostileText(draw: Draw): string {
  return draw.percent(97) ? draw.of(strings) : 'x'.repeat(draw.of([300, 5_000, 70_000]));
}

/** Some JSON that no route expects where it stands. */
export function hostileValue(draw: Draw): unknown {
  switch (draw.below(10)) {
    case 0:
      return null;
    case 1:
      return draw.percent(50);
    case 2:
    case 3:
      return draw.of(numbers);
    case 4:
      return [];
    case 5:
      return {};
    case 6:
      return [hostileText(draw), { [draw.of(['__proto__', 'constructor', 'length', ''])]: hostileText(draw) }];
    case 7:
      return draw.percent(10) ? deep(draw.of([100, 2_000, 20_000])) : deep(10);
    default:
      return hostileText(draw);
  }
}

/** Stands for so many nested arrays until `asText`: what writes JSON can't nest that deep. */
function deep(levels: number): string {
  return `nested ${String(levels)}`;
}

/** The JSON text of a hostile value or body. */
export function asText(body: unknown): string {
  const text = JSON.stringify(body) ?? '';
  return text.replace(
    /"nested (\d+)"/g,
    (_, levels: string) => '['.repeat(Number(levels)) + ']'.repeat(Number(levels)),
  );
}

/** A copy with some places replaced, removed, doubled or given names that reach a prototype. */
export function spoil(body: unknown, draw: Draw): unknown {
  const copy = structuredClone(body);
  const at = placeIn(copy, draw);
  if (at === null) return hostileValue(draw);
  const { parent, name } = at;
  switch (draw.below(8)) {
    case 0:
      if (Array.isArray(parent)) parent.splice(Number(name), 1);
      else Reflect.deleteProperty(parent, name);
      break;
    case 1:
      own(parent, draw.of(['__proto__', 'constructor', 'access', 'workspace', 'author', 'seq', 'extra']), {
        access: 'coordinator',
        polluted: true,
      });
      break;
    case 2:
      own(parent, name, [parent[name as never]]);
      break;
    case 3:
      own(parent, name, typeof parent[name as never] === 'number' ? draw.of(numbers) : hostileText(draw));
      break;
    default:
      own(parent, name, hostileValue(draw));
  }
  return copy;
}

function own(parent: object, name: string, value: unknown): void {
  Object.defineProperty(parent, name, { value, enumerable: true, configurable: true, writable: true });
}

function placeIn(body: unknown, draw: Draw): { readonly parent: object; readonly name: string } | null {
  let found: { readonly parent: object; readonly name: string } | null = null;
  let inside = body;
  for (;;) {
    if (typeof inside !== 'object' || inside === null) return found;
    const names = Object.keys(inside);
    if (names.length === 0) return found;
    const name = draw.of(names);
    found = { parent: inside, name };
    if (draw.percent(35)) return found;
    inside = (inside as Readonly<Record<string, unknown>>)[name];
  }
}
