// Writes the published JSON Schema of plan files. Run it after the fields of a plan item changed, and commit what it writes.
import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { runnerImport } from 'vite';
import { planSchemaText } from './plan-schema.mjs';

const target = new URL('../docs/holdfast-plan-1.schema.json', import.meta.url);
/** @type {{ module: typeof import('../src/domain/plan/plan-file.ts') }} */
const { module } = await runnerImport('./src/domain/plan/plan-file.ts', { configFile: false });
const options = await resolveConfig(target);
await writeFile(target, await format(planSchemaText(module.planFileSchema), { ...options, parser: 'json' }));
