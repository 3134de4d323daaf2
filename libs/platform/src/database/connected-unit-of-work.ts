import type { EntityManager } from 'typeorm';
import { UnitOfWork, type Scope, type ServiceDatabase } from '@muster/persistence';
import type { Database } from './database.js';

/** A unit of work that says why when the database has not been reached yet. */
export class ConnectedUnitOfWork extends UnitOfWork {
  constructor(
    private readonly database: Database,
    definition: ServiceDatabase,
  ) {
    super(database.dataSource, definition);
  }

  override async run<T>(scope: Scope, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (!this.database.dataSource.isInitialized) await this.database.connected();
    return super.run(scope, work);
  }

  override async runAsWorker<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (!this.database.dataSource.isInitialized) await this.database.connected();
    return super.runAsWorker(work);
  }
}
