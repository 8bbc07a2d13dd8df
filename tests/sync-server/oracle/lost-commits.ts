import { runSql } from '../../support/postgres-databases.ts';

/**
 * From now on a commit to this PostgreSQL database may be what fails: now and then the connection of who writes is ended in the middle of
 * it, now and then the database asks for all of it again. A server that tells a verdict before it is committed is found by that.
 */
export async function beginToLoseCommits(url: string): Promise<void> {
  await runSql(
    url,
    `CREATE SEQUENCE lost_commits MINVALUE 0 START 0;
    SELECT setval('lost_commits', 0);
    CREATE FUNCTION lose_commit() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      CASE abs(hashtext(pg_current_xact_id()::text)) % 12
        WHEN 0 THEN
          PERFORM nextval('lost_commits'), pg_terminate_backend(pg_backend_pid());
          PERFORM pg_sleep(1);
        WHEN 1 THEN
          PERFORM nextval('lost_commits');
          RAISE EXCEPTION 'again, please' USING ERRCODE = 'serialization_failure';
        ELSE NULL;
      END CASE;
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER lose_commit AFTER INSERT ON changes
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION lose_commit();`,
  );
}

/** Since it was last asked. */
export async function takeLostCommits(url: string): Promise<number> {
  const [row] = await runSql<{ last: number }>(
    url,
    // the driver reads a bigint as text
    `SELECT last_value::int AS last, setval('lost_commits', 0) FROM lost_commits`,
  );
  return row?.last ?? 0;
}
