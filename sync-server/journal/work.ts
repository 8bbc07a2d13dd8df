/** What a database keeps in a column of the journal. */
export type SqlValue = string | number | null;

/** One statement, with a `?` for each value. With `each` it is run for every row of values, in that order. */
export type Statement = {
  readonly sql: string;
  readonly values: readonly SqlValue[];
  readonly each?: readonly (readonly SqlValue[])[];
};

/**
 * Work within one transaction: it asks for a statement, is given the rows, and goes on. It does not know whether anybody waits
 * meanwhile, so that the same lines serve the embedded database, which answers at once, and a database behind a network.
 */
export type Work<T> = Generator<Statement, T, readonly object[]>;

/** Reads rows. `P` and `R` say what the text says. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever writes the text says what it takes
export function select<P extends readonly SqlValue[], R extends object>(
  sql: string,
): (...values: P) => Work<readonly R[]> {
  return function* read(...values) {
    return (yield { sql, values }) as readonly R[];
  };
}

/** Reads the first row; null where there is none. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever writes the text says what it takes
export function selectOne<P extends readonly SqlValue[], R extends object>(
  sql: string,
): (...values: P) => Work<R | null> {
  const rows = select<P, R>(sql);
  return function* readOne(...values) {
    const [first] = yield* rows(...values);
    return first ?? null;
  };
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- whoever writes the text says what it takes
export function statement<P extends readonly SqlValue[]>(sql: string): (...values: P) => Work<void> {
  return function* write(...values) {
    yield { sql, values };
  };
}

/** A statement with one `VALUES (?, …)`, run for many rows. No two of them may meet in its `ON CONFLICT`. */
export function statementForEach(sql: string): (rows: readonly (readonly SqlValue[])[]) => Work<void> {
  return function* writeEach(each) {
    if (each.length > 0) yield { sql, values: [], each };
  };
}
