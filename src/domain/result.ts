/** Expected failure is a value: a function that can fail in a way its caller must handle returns a Result; a throw means a bug. */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function err<E>(error: E): Result<never, E> {
  return { ok: false, error };
}

/** Closes a switch over a union: the compiler refuses it while a case is missing; reaching it means a bug. */
export function unreachable(state: never): never {
  throw new Error(`unreachable: ${JSON.stringify(state)}`);
}
