import pg from 'pg';
import type { Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { TestDatabase } from '@muster/testing';

/** Imports that a company made in the course of time, one each hour before a moment, newest first. */
export interface OldImports {
  readonly companyId: Id;
  readonly count: number;
  readonly before: Date;
  readonly configurationId?: Id;
}

/**
 * Writes them as they would be by now. Of 0, the newest, and every tenth on, a row is invalid; every fourth is one of a key, by
 * a drop-in endpoint; every hundredth is one of the saved configuration.
 * @returns the upload that all of them are of
 */
export async function writeOldImports(database: TestDatabase, imports: OldImports): Promise<Id> {
  const { companyId, count, before, configurationId = null } = imports;
  const uploadId = newId();
  const admin = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=import' });
  await admin.connect();
  try {
    await admin.query(
      `insert into upload (id, company_id, file_name, byte_size, sha256, source, row_count, created_by)
       values ($1, $2, '=nightly;1.csv', 1000, repeat('a', 64), '{"format": "csv", "headerRow": 1, "firstDataRow": 2, "columns": []}', 10, 'system')`,
      [uploadId, companyId],
    );
    await admin.query(
      `insert into import_job (id, company_id, entity, state, upload_id, configuration, configuration_id, configuration_version, counters,
         created_by, created_at, started_at, finished_at, unattended, origin)
       select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n || $1::text), 1, 3) || '8' || substr(md5(n || $1::text), 4, 15))::uuid,
         $1::uuid, (array['customer', 'task', 'user'])[1 + n % 3], case when n % 10 = 0 then 'completedWithErrors' else 'completed' end, $2,
         jsonb_build_object('mode', 'sync', 'options', jsonb_build_object(), 'filler', (select string_agg(md5((n * 100 + k)::text), '') from generate_series(1, 50) k)),
         case when n % 100 = 0 then $3::uuid end, case when n % 100 = 0 then 1 end,
         jsonb_build_object('read', 10, 'created', 9, 'updated', 0, 'unchanged', 0, 'ignored', 0, 'invalid', (n % 10 = 0)::integer, 'failed', 0,
           'unprocessed', (n % 10 <> 0)::integer),
         case when n % 4 = 0 then 'key:' || repeat('1', 32) else 'user:' || repeat('2', 32) end, at, at, at + interval '5 seconds',
         n % 4 = 0, case when n % 4 = 0 then 'dropIn' else 'assistant' end
       from (select n, $4::timestamptz - make_interval(hours => n + 1) as at from generate_series(0, $5 - 1) n) hours`,
      [companyId, uploadId, configurationId, before, count],
    );
    await admin.query('vacuum analyze import_job');
  } finally {
    await admin.end();
  }
  return uploadId;
}
