import type { Draw } from './draw.ts';

/** JSON Schema as openapi.json has it, as far as this server's schemas go. */
export type Schema = {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
};

export type Sampler = {
  readonly draw: Draw;
  /** Schemas by name, for references. */
  readonly named: Readonly<Record<string, Schema>>;
  /** Values that mean something to this server, by the name of the field. */
  readonly known: (field: string) => readonly string[];
};

/** A value that the schema takes, with real identifiers where fields of that name hold some. */
export function sample(schema: Schema, field: string, sampler: Sampler): unknown {
  const { draw, named } = sampler;
  if (schema.$ref !== undefined) {
    const target = named[schema.$ref.split('/').at(-1) ?? ''];
    if (target === undefined) throw new Error(`openapi.json names no ${schema.$ref}`);
    return sample(target, field, sampler);
  }
  if (schema.anyOf !== undefined) return sample(draw.of(schema.anyOf), field, sampler);
  if (schema.enum !== undefined) return draw.of(schema.enum);
  if (schema.const !== undefined) return schema.const;
  const type = typeof schema.type === 'string' ? schema.type : schema.type === undefined ? null : draw.of(schema.type);
  switch (type) {
    case 'object':
      return sampleObject(schema, sampler);
    case 'array':
      return Array.from({ length: draw.below(4) }, () => sample(schema.items ?? {}, field, sampler));
    case 'string':
      return sampleText(schema, field, sampler);
    case 'integer':
    case 'number':
      return sampleNumber(schema, draw);
    case 'boolean':
      return draw.percent(50);
    case 'null':
      return null;
    case null:
      return draw.of<unknown>([null, 'anything', 7, { a: [1] }, []]);
    default:
      throw new Error(`the fuzz knows no type ${type}`);
  }
}

function sampleObject({ properties = {}, required = [] }: Schema, sampler: Sampler): unknown {
  const fields = Object.entries(properties).filter(([name]) => required.includes(name) || sampler.draw.percent(50));
  return Object.fromEntries(fields.map(([name, schema]) => [name, sample(schema, name, sampler)]));
}

function sampleNumber({ minimum = -1000, maximum = 1000 }: Schema, draw: Draw): number {
  const near = [minimum, maximum, 0, 1, 2, 7].filter((each) => each >= minimum && each <= maximum);
  return draw.percent(70) ? draw.of(near) : minimum + draw.below(Math.min(maximum - minimum, 1e6) + 1);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function sampleText({ pattern, format }: Schema, field: string, { draw, known }: Sampler): string {
  const meant = known(field);
  if (meant.length > 0 && draw.percent(85)) return draw.of(meant);
  if (format === 'date-time') return '2026-11-23T12:56:00.000Z';
  if (pattern === undefined) return draw.text(1 + draw.below(12), letters);
  const counted = /^\^(\[[^\]]+\])\{(\d+)\}\$$/.exec(pattern);
  if (counted !== null) return draw.text(Number(counted[2]), counted[1] === '[0-9a-f]' ? '0123456789abcdef' : letters);
  const made = draw.text(1 + draw.below(12), pattern.includes('\\d') ? '0123456789' : letters);
  if (!new RegExp(pattern).test(made)) throw new Error(`the fuzz makes no text for ${pattern}`);
  return made;
}
