/** By which names are compared that people typed: neither case nor spaces tell them apart. */
export function nameKey(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
