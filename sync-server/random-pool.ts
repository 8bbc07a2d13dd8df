import { randomFillSync } from 'node:crypto';

const poolBytes = 16 * 1024;

/**
 * Cryptographically strong random bytes, asked of the platform many at a time: each change takes 16 for its salt, and asking for so
 * few costs more than hashing the change. No byte is given twice.
 */
export function randomPool(): (length: number) => Uint8Array {
  const pool = new Uint8Array(poolBytes);
  let given = poolBytes;
  return (length) => {
    if (length > poolBytes) return randomFillSync(new Uint8Array(length));
    if (given + length > poolBytes) {
      randomFillSync(pool);
      given = 0;
    }
    const bytes = pool.slice(given, given + length);
    // what was given is nobody else's to read
    pool.fill(0, given, given + length);
    given += length;
    return bytes;
  };
}
