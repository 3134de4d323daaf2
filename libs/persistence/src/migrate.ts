import type { DataSource } from 'typeorm';
import { COMPILE_AUDITS } from './audit-functions.js';
import { CLOSE_TRIGGER_FUNCTIONS } from './close-trigger-functions.js';
import { createDataSource } from './data-source.js';
import { databaseNames, type ServiceDatabase } from './service-database.js';

/**
 * Brings a service's schema up to date, as its owner. Safe to call from several processes at once: the second waits.
 * @param ownerUrl connection URL of the role that owns the schema, see {@link databaseNames}
 */
export async function migrate(database: ServiceDatabase, ownerUrl: string): Promise<void> {
  const dataSource = createDataSource(database, { url: ownerUrl, poolSize: 2 });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query(`select pg_advisory_lock(hashtext($1))`, [`muster.migrate.${database.service}`]);
    await dataSource.runMigrations();
    // New columns are audited without a word about it in their migration; see docs/adr/0013.
    const made = `select to_regprocedure('compile_audits()') is not null as made`;
    const [audits] = await dataSource.query<{ made: boolean }[]>(made);
    if (audits?.made) await dataSource.query(COMPILE_AUDITS);
    await dataSource.query(CLOSE_TRIGGER_FUNCTIONS);
    // The running service asks which migrations there are (readiness).
    await lock.query(`grant select on "migration" to ${databaseNames(database.service).login}`);
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

/** Whether every migration that this build knows has been run (for readiness). Throws when the database does not answer. */
export async function migrationsFit(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<{ names: string[] }[]>(
    `select coalesce(array_agg(name), '{}') as names from "migration"`,
  );
  return dataSource.migrations.every((migration) => row?.names.includes(migration.name ?? migration.constructor.name));
}
