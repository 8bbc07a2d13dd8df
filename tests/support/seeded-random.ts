/** Repeatable bytes for tests (splitmix32): the same seed gives the same run. Never for anything that must be secret. */
export function seededBytes(seed: number): (length: number) => Uint8Array<ArrayBuffer> {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return (length) => Uint8Array.from({ length }, () => next() & 0xff);
}

/** Repeatable whole numbers from 0 to `below` - 1. */
export function seededNumbers(seed: number): (below: number) => number {
  const bytes = seededBytes(seed);
  return (below) => {
    const [a = 0, b = 0, c = 0, d = 0] = bytes(4);
    return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * below);
  };
}
