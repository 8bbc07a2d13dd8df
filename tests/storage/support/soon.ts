import { vi } from 'vitest';

/** What a watcher shows follows the write; how soon is the machine's affair. */
export function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 20_000 });
}
