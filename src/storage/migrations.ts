import type { Dexie } from 'dexie';

/**
 * Declares every version of the database in order. A phone may sleep for years: a version is never edited once released, and
 * a later one is added below with its upgrade. Older code refuses a newer database (`storage-newer`). Indexes on fields that
 * may be absent (`over`, `task`, `settledAt`) hold only the rows that have them. `base` is 0 unless the database was ever sealed
 * (decision 17); an upgrade gets rows as they were given, from a sealed one too.
 */
export function declareVersions(dexie: Dexie, base = 0): void {
  dexie.version(base + 1).stores({
    own: '&name',
    keys: '&slot',
    settings: '&name',
    outbox: '&[device+n], &id, [kind+key], [over+kind+key], [over+task], [state+device+n], settledAt',
    replicas: '&number',
    records: '&[replica+kind+key], [replica+task]',
    aside: '&change',
  });
  dexie.version(base + 2).stores({ bundles: '&signature' });
}
