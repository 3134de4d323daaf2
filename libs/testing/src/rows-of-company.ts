import pg from 'pg';
import type { Id } from '@muster/contracts';

/** In which tables of the schema a company has rows, whoever may see them; `url` is a superuser's. */
export async function tablesOfCompany(url: string, schema: string, companyId: Id): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select c.table_name as name from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = $1 and c.column_name = 'company_id' and t.table_type = 'BASE TABLE' order by 1`,
      [schema],
    );
    const found: string[] = [];
    for (const { name } of tables) {
      const { rowCount } = await client.query(`select 1 from ${schema}.${name} where company_id = $1 limit 1`, [
        companyId,
      ]);
      if (rowCount) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}
