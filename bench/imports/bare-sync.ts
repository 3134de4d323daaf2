import pg from 'pg';

/**
 * The least that a sync must do with absentees: one statement puts every customer into the bin that is in no list of those who
 * are present, which are every second one, in a copy of the table with its keys and indexes. No change log, no events, no restore point,
 * no answers. It is rolled back, so that it can be done again.
 */
export async function bareSync(databaseUrl: string): Promise<{ rows: number; seconds: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('drop table if exists bare_record, bare_present');
    await client.query(
      'create table bare_record (like field_data.customer including defaults including indexes including generated)',
    );
    const { rows: columns } = await client.query<{ name: string }>(
      `select quote_ident(attname) as name from pg_attribute
        where attrelid = 'field_data.customer'::regclass and attnum > 0 and not attisdropped and attgenerated = ''
          and attname not in ('deleted_at', 'deleted_cause')`,
    );
    const list = columns.map(({ name }) => name).join(', ');
    await client.query(`insert into bare_record (${list}) select ${list} from field_data.customer`);
    await client.query(
      `create table bare_present as select id from (
         select id, row_number() over (partition by rep_id order by id) as n from bare_record) r where n % 2 = 0`,
    );
    await client.query('create unique index on bare_present (id)');
    await client.query('analyze bare_record, bare_present');
    await client.query('begin');
    const began = performance.now();
    const updated = await client.query(
      `update bare_record r set deleted_at = now(), deleted_cause = 'import', version = version + 1, updated_at = now()
        where deleted_at is null and not exists (select 1 from bare_present p where p.id = r.id)`,
    );
    const seconds = (performance.now() - began) / 1000;
    await client.query('rollback');
    return { rows: updated.rowCount ?? 0, seconds };
  } finally {
    await client.end();
  }
}
