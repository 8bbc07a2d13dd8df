import { readFileSync } from 'node:fs';
import type { PlanHash } from '../../../src/domain/ids.ts';

/** What stands for each parameter of an address; of the built-in plan. */
const samples: { readonly [parameter: string]: string } = {
  code: 'IT-01',
  role: 'it-specialists',
  section: 'role',
  item: 'it-specialists',
  procedure: 'internal-coordination',
  contact: 'sponsor',
  resource: 'standby-servers',
  what: 'role',
  id: 'it-specialists',
};

/** Screens with several faces: the others of the same address. */
export const furtherFaces: readonly string[] = [
  '/plan/task/IT-01',
  '/plan/whole',
  '/plan/versions',
  '/people/invite',
  '/people/invite-several',
  '/people/invites',
  '/people/devices',
  '/people/contact-test',
  '/people/training',
  '/readiness/missing',
];

/**
 * An address for every screen of `src/app/screens.tsx`, read from its rows, so that a new screen is in every pass from its first
 * day; with each number of its optional parameters.
 */
export function screenAddresses(plan: PlanHash): readonly string[] {
  const source = readFileSync(new URL('../../../src/app/screens.tsx', import.meta.url), 'utf8');
  const paths = [...source.matchAll(/\bpath: '(\/[^']*)'/g)].map((row) => row[1] ?? '');
  if (paths.length < 5) throw new Error('the rows of screens.tsx are written in another way now');
  const filled = (segments: readonly string[]) =>
    segments.map((segment) => segment.replace(/^:(\w+)\??$/, (_, name: string) => sampleOf(plan, name))).join('/');
  const addresses = paths.flatMap((path) => {
    const segments = path.split('/');
    const least = segments.filter((segment) => !segment.endsWith('?')).length;
    return Array.from({ length: segments.length - least + 1 }, (_, more) => filled(segments.slice(0, least + more)));
  });
  return [...addresses, '/not-a-screen'];
}

function sampleOf(plan: PlanHash, name: string): string {
  const sample = name === 'prefix' ? plan.slice(0, 8) : samples[name];
  if (sample === undefined) throw new Error(`no sample for ":${name}" of screens.tsx`);
  return sample;
}
