import { QueryFailedError, type EntityManager } from 'typeorm';
import { isInfrastructureError } from '@muster/messaging';

/** What the database said of a statement that failed. Neither the statement nor its values, which are people's data. */
export interface StatementError {
  /** SQLSTATE. */
  readonly code: string;
  readonly constraint?: string;
}

/** Classes of SQLSTATE that no value causes: broken transaction, rollback by deadlock, resources, locks, intervention, system. */
const NOT_BY_VALUES = ['25', '40', '53', '55', '57', '58', 'XX'];

export function statementError(error: unknown): StatementError | undefined {
  if (!(error instanceof QueryFailedError)) return undefined;
  const { driverError } = error as QueryFailedError<Error & { code?: unknown; constraint?: unknown }>;
  if (typeof driverError.code !== 'string') return undefined;
  return {
    code: driverError.code,
    ...(typeof driverError.constraint === 'string' && { constraint: driverError.constraint }),
  };
}

/** Whether the same work would fail again as long as the same values are in it: a database's refusal, or a fault of ours. */
export function isCausedByValues(error: unknown): boolean {
  if (isInfrastructureError(error)) return false;
  if (!(error instanceof QueryFailedError)) return true;
  const code = statementError(error)?.code;
  return code !== undefined && !NOT_BY_VALUES.includes(code.slice(0, 2));
}

/** Runs `work` so that, should it throw, only its own writes are undone and the transaction can go on. */
export async function withSavepoint<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  await manager.query('savepoint attempt');
  try {
    const result = await work();
    await manager.query('release savepoint attempt');
    return result;
  } catch (error) {
    // Without a connection there is nothing to go back to; the first error says why.
    if (!isInfrastructureError(error)) await manager.query('rollback to savepoint attempt; release savepoint attempt');
    throw error;
  }
}
