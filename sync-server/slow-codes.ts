import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../src/domain/result.ts';
import type { CodeHash } from './journal/journal.ts';

const slowly = promisify(scrypt) as (code: string, salt: string, bytes: number) => Promise<Buffer>;

/**
 * How a code for the radio is kept. Its four characters to find lie open in the database, so only 40 bits keep the rest secret: a plain
 * hash of it would be undone within the code's ten minutes by whoever copied the database. This one takes a machine about 50 ms.
 */
export function slowCodeHash(normal: string): Promise<CodeHash> {
  return slowly(normal, 'holdfast-radio-1', 32).then((hash) => hash.toString('hex'));
}

/** One such hash after another: whoever sends many codes keeps one core busy, not all. */
export class SlowCodes {
  private last: Promise<unknown> = Promise.resolve();

  /** Once its turn comes `wait` says for how many seconds nothing may be hashed; 0 = it may. The fault is these seconds. */
  hash(normal: string, wait: () => Promise<number>): Promise<Result<CodeHash, number>> {
    const turn = this.last.then(async () => {
      const seconds = await wait();
      return seconds > 0 ? err(seconds) : ok(await slowCodeHash(normal));
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }
}
