import { createDataSource } from './data-source.js';
import type { ServiceDatabase } from './service-database.js';

/**
 * The statements that would bring a migrated schema to what the entities say; none when they agree.
 * Policies, grants, functions and triggers are beyond what TypeORM knows, and not compared.
 */
export async function schemaDrift(database: ServiceDatabase, ownerUrl: string): Promise<string[]> {
  const dataSource = createDataSource(database, { url: ownerUrl, poolSize: 2 });
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
