/** How the bytes behind the first one are written. */
const plain = 0;
const deflated = 1;

/** Far more than anybody would hold a camera over; a small code must not unpack without end. */
const mostBytes = 16 * 1024 * 1024;

/** A hand-over as the bytes that codes carry: about an eighth of its text, where the browser can compress. */
export async function toCodes(text: string): Promise<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  if (typeof CompressionStream === 'undefined') return joined([Uint8Array.of(plain), bytes]);
  const packed = await through(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY);
  return joined([Uint8Array.of(deflated), ...(packed ?? [])]);
}

/** Null where the bytes are nothing that `toCodes` makes, or this browser can't unpack them. */
export async function fromCodes(bytes: Uint8Array): Promise<string | null> {
  const body = bytes.slice(1);
  try {
    const unpacked = bytes[0] === plain ? [body] : bytes[0] === deflated ? await inflated(body) : null;
    return unpacked === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(joined(unpacked));
  } catch {
    return null;
  }
}

function inflated(body: Uint8Array<ArrayBuffer>): Promise<readonly Uint8Array[] | null> {
  return through(body, new DecompressionStream('deflate-raw'), mostBytes);
}

/** What comes out at the other end; null where that is more than `most` bytes. */
async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<readonly Uint8Array[] | null> {
  const reader = new Response(bytes).body?.pipeThrough(stream).getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
  return pieces;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
