import { Logger } from '@nestjs/common';
import { Kafka, logLevel, type LogEntry, type RetryOptions } from 'kafkajs';
import './idle-request-queue.js';

/** They complain about every single attempt, dozens a second while a broker is away. */
const CHATTY = new Set(['Connection', 'BrokerPool']);

/** Nest's logger in place of kafkajs' own. What it calls an error is tried again or comes back as one, so it is a warning here. */
function log({ namespace, level, log: { message, error, groupId } }: LogEntry): void {
  const logger = new Logger(`kafkajs ${namespace}`);
  const text = [message, groupId, error].filter((part) => typeof part === 'string').join(': ');
  const loud = (level === logLevel.ERROR || level === logLevel.WARN) && !CHATTY.has(namespace);
  if (loud) logger.warn(text);
  else logger.debug(text);
}

/** Gives up after some seconds: who publishes is told, and publishes again. */
export const IMPATIENT: RetryOptions = { initialRetryTime: 100, retries: 6, maxRetryTime: 5_000 };
/**
 * Outlasts the restart of a broker (about 20 s). A consumer that gave up would come back as a new member of its group,
 * and the group would wait for the old one until its session ends.
 */
export const PATIENT: RetryOptions = { initialRetryTime: 200, retries: 8, maxRetryTime: 5_000 };

export function kafkaClient(brokers: readonly string[], clientId: string, retry: RetryOptions): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry,
    logLevel: logLevel.WARN,
    logCreator: () => log,
  });
}
