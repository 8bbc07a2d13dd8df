import * as z from 'zod/mini';

const side = z.looseObject({
  change: z.string(),
  value: z.unknown(),
  /** Effective stamp. */
  stamp: z.string(),
  author: z.looseObject({ person: z.nullable(z.string()), device: z.string() }),
  at: z.string(),
});

/** Key: `<overruled change id>`; written by the server, `decision` by the overruled author or a coordinator (protocol.md, Order). */
export const conflictValue = z.looseObject({
  kind: z.string(),
  key: z.string(),
  overruled: side,
  winner: side,
  decision: z.enum(['open', 'kept', 'restored']),
});

export type Conflict = Readonly<z.infer<typeof conflictValue>>;
