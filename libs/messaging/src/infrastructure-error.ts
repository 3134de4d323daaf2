const NETWORK = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'],
  ...['ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_SOCKET'],
]);
/** Stopped by an administrator, crashed, starting up, too many connections, read-only after a failover. */
const SQL_STATES = new Set(['57P01', '57P02', '57P03', '57P05', '53300', '25006']);
/** pg and TypeORM throw these without a code. */
const TEXTS =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|driver not connected|connection is not established/i;
const NAMES = new Set([
  ...['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError', 'KafkaJSBrokerNotFound'],
  ...[
    'KafkaJSNumberOfRetriesExceeded',
    'KafkaJSNoBrokerAvailableError',
    'BrokerUnavailable',
    'ConnectionIsNotSetError',
    // TypeORM lets go of a query runner whose connection broke.
    'QueryRunnerAlreadyReleasedError',
  ],
]);

interface ErrorLike {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly driverError?: unknown;
  readonly errors?: unknown;
}

/**
 * Whether something that the service stands on was away (database, broker, another service), so that the same may well
 * succeed later. Looks through causes, TypeORM's `driverError` and aggregates.
 */
export function isInfrastructureError(error: unknown): boolean {
  return isAway(error, 0);
}

function isAway(error: unknown, depth: number): boolean {
  if (typeof error !== 'object' || error === null || depth > 8) return false;
  const { name, code, message, cause, driverError, errors }: ErrorLike = error;
  if (typeof code === 'string' && (NETWORK.has(code) || SQL_STATES.has(code) || code.startsWith('08'))) return true;
  if (typeof name === 'string' && NAMES.has(name)) return true;
  if (typeof message === 'string' && TEXTS.test(message)) return true;
  const inner = [cause, driverError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return inner.some((one) => isAway(one, depth + 1));
}
