import type { Draft } from '../../src/domain/ports/records.ts';
import type { SimDevice } from './support/sim-device.ts';

/** One thing that a person did, known by a mark in its value, whatever id it gets on its way. */
export type Made = {
  readonly mark: string;
  readonly device: SimDevice;
  readonly kind: string;
  readonly key: string;
  /** True once the storage said that it is on disk. False: the page was gone before it heard. */
  sure: boolean;
  /** The storage said that it kept nothing. */
  failed: boolean;
};

/** Everything that people did in a run. */
export class Ledger {
  readonly made: Made[] = [];

  #marks = 0;

  mark(): string {
    this.#marks += 1;
    return `mark-${String(this.#marks)}`;
  }

  begin(device: SimDevice, mark: string, { kind, key }: Pick<Draft, 'kind' | 'key'>): Made {
    const made = { mark, device, kind, key, sure: false, failed: false };
    this.made.push(made);
    return made;
  }
}

/** Null for a tombstone, and for what the server wrote. */
export function markOf(kind: string, value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const fields = value as Readonly<Record<string, unknown>>;
  const text = { task: fields['reason'], log: fields['text'], person: fields['name'], device: fields['name'] }[kind];
  const found = typeof text === 'string' ? text : fields['note'];
  return typeof found === 'string' && found.startsWith('mark-') ? found : null;
}
