/*
 * protocol.md, Access levels, as far as the simulation's people use them: coordinators, responders and observers, no roles. Written from
 * the text, not from the code.
 */

export type Level = 'coordinator' | 'responder' | 'observer';

export function levelOf(grant: unknown): Level | null {
  return (grant as { readonly access: Level } | null | undefined)?.access ?? null;
}

const ofReporters = new Set(['task', 'step', 'extra-task', 'log', 'impact', 'availability']);

export type Attempted = {
  readonly person: string;
  /** That the change was made on. */
  readonly device: string;
  readonly kind: string;
  readonly key: string;
};

/** Null: the text does not say enough for the model to tell (deciding a conflict rests on what stands). */
export function mayWrite(level: Level | null, { person, device, kind, key }: Attempted): boolean | null {
  if (level === null) return false;
  if (kind === 'conflict') return null;
  if (kind === 'device') return key === device;
  if (kind === 'person') return level === 'coordinator' || key === person;
  if (level === 'coordinator') return true;
  if (level === 'observer') return false;
  if (kind === 'assignment') return key.split('/')[2] === person;
  return ofReporters.has(kind);
}

export type Looked = {
  readonly kind: string;
  readonly key: string;
  readonly author: string | null;
  /** Of a conflict: whose change was overruled. */
  readonly about: string | null;
};

export function maySee(
  level: Level | null,
  reader: { readonly person: string; readonly device: string },
  { kind, key, author, about }: Looked,
): boolean {
  if (level === null) return false;
  if (level === 'coordinator') return true;
  if (kind === 'plan-item') return false;
  if (kind === 'device') return key === reader.device || author === reader.person;
  if (kind === 'grant') return key === reader.person;
  if (kind === 'conflict') return about === reader.person;
  return true;
}
