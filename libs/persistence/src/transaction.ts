import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/**
 * Runs `work` in a transaction with settings that end with it. Beginning and settings go to the database together: a unit
 * of work is short, and each round trip that it saves counts (TypeORM's own transactions begin with one of their own).
 */
export async function inTransaction<T>(
  dataSource: DataSource,
  settings: Readonly<Record<string, string>>,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  const runner = dataSource.createQueryRunner();
  // Else TypeORM opens a transaction of its own for what it saves.
  const setActive = (isTransactionActive: boolean) => Object.assign(runner, { isTransactionActive });
  try {
    await runner.query(beginWith(settings));
    setActive(true);
    const result = await work(runner.manager);
    await runner.query('commit');
    return result;
  } catch (error) {
    // Why it failed counts for more than a connection that is gone, with which the transaction went too.
    await runner.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    setActive(false);
    await runner.release();
  }
}

function beginWith(settings: Readonly<Record<string, string>>): string {
  const each = Object.entries(settings).map(
    ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
  );
  return `begin; select ${each.join(', ')}`;
}
