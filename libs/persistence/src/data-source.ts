import pg from 'pg';
import { DataSource } from 'typeorm';
import { databaseNames, type ServiceDatabase } from './service-database.js';

const OID = { int8: 20, uuid: 2950, uuidArray: 2951 } as const;
const parseUuidArray = pg.types.getTypeParser(OID.uuidArray as number, 'text') as (text: string) => string[];
const withoutDashes = (text: string) => text.replaceAll('-', '');

/** Ids without dashes, `bigint` as number (all of ours are counts and sequences far below 2^53); the rest as pg does it. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
    if (oid === OID.uuid) return withoutDashes;
    if (oid === OID.uuidArray) return (text: string) => parseUuidArray(text).map(withoutDashes);
    if (oid === OID.int8) return Number;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

/** Of several errors of a broken connection TypeORM hears the first; one that nobody hears ends the process. */
class ListeningClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

export interface ConnectionOptions {
  readonly url: string;
  /** Connections of this process; preset 10. */
  readonly poolSize?: number;
}

/** A data source that is not yet connected. Its role can do nothing outside a unit of work. */
export function createDataSource(database: ServiceDatabase, { url, poolSize = 10 }: ConnectionOptions): DataSource {
  const { schema } = databaseNames(database.service);
  return new DataSource({
    type: 'postgres',
    url,
    schema,
    entities: [...database.entities],
    migrations: [...database.migrations],
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    applicationName: `muster-${database.service}`,
    poolSize,
    extra: {
      Client: ListeningClient,
      types,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      // A node that vanished must not keep its locks; a unit of work never waits for anything but the database.
      idle_in_transaction_session_timeout: 60_000,
      options: `-c search_path=${schema}`,
    },
  });
}
