/** The database is away, or has no room: nothing was written, and it may pass by itself. */
export class DatabaseTrouble extends Error {
  override readonly name = 'DatabaseTrouble';
  readonly code: 'DATABASE_AWAY' | 'DATABASE_FULL';

  constructor(code: DatabaseTrouble['code'], reason: unknown) {
    super(reason instanceof Error ? reason.message : String(reason), { cause: reason });
    this.code = code;
  }
}

/** How often the whole is tried again, and how long is waited first: twice as long each time, half of it by chance. */
const mostTries = 9;
const firstPauseMs = 10;

/**
 * Repeats what the database asks to be repeated, serialisation failures and deadlocks, and what was cut off before it was
 * committed, for some five seconds at most. What a person's phone is then told is that the server can't answer now.
 */
export async function patiently<T>(run: () => Promise<T>, random: () => number = Math.random): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (reason) {
      if (!isRepeatable(reason) || tries === mostTries) throw told(reason);
      const pause = firstPauseMs * 2 ** tries;
      await new Promise((resolve) => setTimeout(resolve, pause / 2 + (random() * pause) / 2));
    }
  }
}

/** What happens to a commit whose answer is lost nobody knows: it must not be done twice here, and phones ask again by themselves. */
export function uncertain(reason: unknown): never {
  throw isAskedFor(reason) ? reason : new DatabaseTrouble('DATABASE_AWAY', reason);
}

/** Whether the connection is gone, or the server with it. */
export function isOutage(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  const code = codeOf(reason);
  if (code === '') return /connection|timeout exceeded/i.test(reason.message);
  return /^(08|57P0|25P0[34])/.test(code) || /^E[A-Z_]+$/.test(code);
}

export function isRepeatable(reason: unknown): boolean {
  return !(reason instanceof DatabaseTrouble) && (isAskedFor(reason) || isOutage(reason));
}

/** 40001 serialisation failure, 40P01 deadlock: PostgreSQL's own way to say "again, please". */
function isAskedFor(reason: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(reason));
}

function told(reason: unknown): unknown {
  if (codeOf(reason) === '53100') return new DatabaseTrouble('DATABASE_FULL', reason);
  const mayPass = isRepeatable(reason) || /^(53|58|55P03|57014|25006)/.test(codeOf(reason));
  return mayPass ? new DatabaseTrouble('DATABASE_AWAY', reason) : reason;
}

function codeOf(reason: unknown): string {
  return (reason as { readonly code?: string } | null)?.code ?? '';
}
