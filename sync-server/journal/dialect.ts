/** Where the statements of the journal must differ between databases. */
export type Dialect = {
  /** Compares a text with those of a JSON array. */
  readonly inTexts: string;
  /** Compares a number with those of a JSON array. */
  readonly inNumbers: string;
  /** The elements of a JSON array as a table `j(value)`, read first; what follows is joined to it. */
  readonly eachOf: string;
  /** Joins without changing the order of the tables. */
  readonly join: string;
  /** Asks for what changes when another process has written; null where there is no such thing. */
  readonly version: string | null;
  /** Locks the row that is read until the transaction ends. */
  readonly locked: string;
  /** The least and the greatest of some values. */
  readonly least: string;
  readonly greatest: string;
};

/** A write transaction holds the whole database. CROSS JOIN: from the short list to the long table, which SQLite can't know. */
export const sqliteDialect: Dialect = {
  inTexts: 'IN (SELECT value FROM json_each(?))',
  inNumbers: 'IN (SELECT value FROM json_each(?))',
  eachOf: 'json_each(?) j CROSS JOIN',
  join: 'CROSS JOIN',
  version: 'PRAGMA data_version',
  locked: '',
  least: 'min',
  greatest: 'max',
};

export const postgresDialect: Dialect = {
  inTexts: '= ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)))',
  inNumbers: '= ANY (ARRAY(SELECT jsonb_array_elements_text(?::jsonb)::bigint))',
  eachOf: 'jsonb_array_elements(?::jsonb) j(value) JOIN',
  join: 'JOIN',
  version: null,
  locked: 'FOR UPDATE',
  least: 'least',
  greatest: 'greatest',
};
