import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { planSchemaText } from '../../scripts/plan-schema.mjs';
import { planFileSchema, readPlanFile } from '../../src/domain/plan/plan-file.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const published = JSON.parse(read('docs/holdfast-plan-1.schema.json')) as object;
const builtIn = read('src/app/plans/online-marketplace-recovery.json');

type LooseFile = { format: unknown; items: Record<string, unknown>[]; [field: string]: unknown };

describe('the published JSON Schema of plan files', () => {
  const accepts = new Ajv2020({ allErrors: true }).compile(published);

  it('[PLAN-SCHEMA-1] is what the app itself checks by; npm run schema writes it', () => {
    expect(published).toEqual(JSON.parse(planSchemaText(planFileSchema)));
  });

  it('[PLAN-SCHEMA-2] an independent validator takes the built-in plan by it', () => {
    expect(accepts(JSON.parse(builtIn))).toBe(true);
  });

  it('[PLAN-SCHEMA-3] the example of docs/plan-format.md is a plan, to that validator and to the app', () => {
    const example = /```json\n(.*?)```/s.exec(read('docs/plan-format.md'))?.[1] ?? '';
    expect(accepts(JSON.parse(example))).toBe(true);
    expect(readPlanFile(example)).toMatchObject({ ok: true });
  });

  it.each<readonly [string, (file: LooseFile) => void]>([
    ['another format', (file) => (file.format = 'holdfast-plan/2')],
    ['no items', (file) => delete (file as Partial<LooseFile>).items],
    ['an unknown section', (file) => (file.items[0]!['section'] = 'recipe')],
    ['a missing field', (file) => delete file.items[0]!['title']],
    ['an id that no key could carry', (file) => (file.items.at(-1)!['id'] = 'a/b')],
    ['a negative time', (file) => (file.items.find(({ section }) => section === 'task')!['target'] = -1)],
    ['a salt that is none', (file) => (file.items[0]!['salt'] = 'short')],
  ])('[PLAN-SCHEMA-4] refuses %s, as the app does', (_, spoil) => {
    const file = JSON.parse(builtIn) as LooseFile;
    spoil(file);
    expect(accepts(file)).toBe(false);
    expect(readPlanFile(JSON.stringify(file)).ok).toBe(false);
  });

  it('[PLAN-SCHEMA-5] fields of a later Holdfast are no fault', () => {
    const file = JSON.parse(builtIn) as LooseFile;
    file['laterField'] = 1;
    file.items[0]!['laterField'] = { more: true };
    expect(accepts(file)).toBe(true);
    expect(readPlanFile(JSON.stringify(file)).ok).toBe(true);
  });
});
