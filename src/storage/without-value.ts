import { ok, type Result } from '../domain/result.ts';

/** For commands: whether it was done, without what the transaction happened to give. */
export function withoutValue<E>(result: Result<unknown, E>): Result<void, E> {
  return result.ok ? ok(undefined) : result;
}
