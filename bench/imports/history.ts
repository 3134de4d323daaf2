import pg from 'pg';

/** Copies an import, as one that has ended, until its company has so many. Nothing but the history may be asked of them. */
export async function fillHistory(adminUrl: string, importId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    // Nobody is told of them.
    await client.query(`set session_replication_role = replica`);
    const { rows } = await client.query<{ columns: string }>(
      `select string_agg(quote_ident(column_name), ', ') as columns from information_schema.columns
        where table_schema = 'import' and table_name = 'import_job' and is_generated = 'NEVER' and is_identity = 'NO'`,
    );
    const columns = rows[0]?.columns ?? '';
    const copied = columns.split(', ').map((column) => `c.${column}`).join(', '); // prettier-ignore
    await client.query(
      `insert into import.import_job (${columns})
       select ${copied} from import.import_job j,
         generate_series(1, $2 - (select count(*) from import.import_job where company_id = (select company_id from import.import_job where id = $1))) n,
         jsonb_populate_record(j, jsonb_build_object('id', uuidv7(make_interval(secs => -n)), 'state', 'completed', 'started_at', now(), 'finished_at', now())) c
        where j.id = $1`,
      [importId, count],
    );
    await client.query('analyze import.import_job');
  } finally {
    await client.end();
  }
}
