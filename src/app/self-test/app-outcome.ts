import { damagedFiles, type AppFiles, type SelfTestOutcome } from '../../domain/readiness/self-test.ts';
import { hex } from '../../domain/sync/hash.ts';
import { ownCaches } from '../../storage/own-caches.ts';

/** Written by the build (scripts/app-files.ts) and kept in the same cache as what it lists. */
const listPath = '/app-files.json';

/**
 * Compares the service worker's cache with what the build of this page was made of, each file by its content. Reads the cache
 * only: a network that could mend it now may be gone when it counts.
 */
export async function appOutcome(caches: CacheStorage | undefined, build: string): Promise<SelfTestOutcome> {
  const check = 'app';
  if (caches === undefined || !(await caches.has(ownCaches.app)))
    return { check, state: 'failed', because: 'no-worker', missing: [] };
  const cached = await cachedFiles(await caches.open(ownCaches.app));
  const lists = cached.lists.flatMap(readList);
  const list = lists.find((each) => each.build === build) ?? lists[0];
  if (list === undefined) return { check, state: 'failed', because: 'no-list', missing: [listPath] };
  const missing = damagedFiles(list, cached.digests);
  if (missing.length > 0) return { check, state: 'failed', because: 'incomplete', missing };
  return { check, state: 'passed', files: Object.keys(list.files).length };
}

/** While a new version waits, the cache holds the files of both: each path may have several contents. */
async function cachedFiles(cache: Cache) {
  const digests = new Map<string, Set<string>>();
  const lists: string[] = [];
  for (const request of await cache.keys()) {
    const path = new URL(request.url).pathname;
    const content = await (await cache.match(request))?.arrayBuffer();
    if (content === undefined) continue;
    if (path === listPath) lists.push(new TextDecoder().decode(content));
    const digest = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', content)));
    digests.set(path, (digests.get(path) ?? new Set()).add(digest));
  }
  return { digests, lists };
}

/** Whoever can write into this cache can write the app itself: what has the outer shape of the build's list is one. */
function readList(text: string): readonly AppFiles[] {
  try {
    const read = JSON.parse(text) as Partial<AppFiles> | null;
    const { build, files } = read ?? {};
    return typeof build === 'string' && typeof files === 'object' ? [{ build, files }] : [];
  } catch {
    return [];
  }
}
