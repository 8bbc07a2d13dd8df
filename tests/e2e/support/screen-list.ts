import { readFileSync } from 'node:fs';

/** What stands for each parameter of an address. */
export type Samples = { readonly [parameter: string]: string };

/**
 * An address for every screen of `src/app/screens.tsx`, read from its rows, so that a new screen is in every pass from its first
 * day; with and without an optional parameter.
 */
export function screenAddresses(samples: Samples): readonly string[] {
  const source = readFileSync(new URL('../../../src/app/screens.tsx', import.meta.url), 'utf8');
  const paths = [...source.matchAll(/\bpath: '(\/[^']*)'/g)].map((row) => row[1] ?? '');
  if (paths.length < 5) throw new Error('the rows of screens.tsx are written in another way now');
  const addresses = paths.flatMap((path) => {
    const full = path.replace(/:(\w+)\??/g, (_, name: string) => {
      const sample = samples[name];
      if (sample === undefined) throw new Error(`no sample for ":${name}" of ${path}`);
      return sample;
    });
    const bare = path.endsWith('?') ? [path.replace(/\/:\w+\?$/, '')] : [];
    return [...bare, full];
  });
  return [...addresses, '/not-a-screen'];
}
