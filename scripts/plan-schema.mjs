import * as z from 'zod/mini';

/**
 * The JSON Schema of a plan file, as it is published. What a schema can't say (that names lead somewhere, that nothing waits for
 * itself, sizes in bytes) is said in docs/plan-format.md and checked by the app.
 * @param {z.ZodMiniType} planFileSchema
 */
export function planSchemaText(planFileSchema) {
  const schema = z.toJSONSchema(planFileSchema, { target: 'draft-2020-12', io: 'input' });
  const { $schema, ...rest } = schema;
  const described = {
    $schema,
    $id: 'urn:holdfast:plan:1',
    title: 'Holdfast plan file, holdfast-plan/1',
    description: 'One version of one plan. In words: docs/plan-format.md.',
    ...rest,
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
