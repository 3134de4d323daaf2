import { Logger } from '@nestjs/common';
import { Kafka, logLevel, type LogEntry } from 'kafkajs';

/** Nest's logger in place of kafkajs' own. What it calls an error is tried again or comes back as one, so it is a warning here. */
function log({ namespace, level, log: { message, error, groupId } }: LogEntry): void {
  const logger = new Logger(`kafkajs ${namespace}`);
  const text = [message, groupId, error].filter((part) => typeof part === 'string').join(': ');
  if (level === logLevel.ERROR || level === logLevel.WARN) logger.warn(text);
  else logger.debug(text);
}

export function kafkaClient(brokers: readonly string[], clientId: string): Kafka {
  return new Kafka({
    brokers: [...brokers],
    clientId,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, retries: 6, maxRetryTime: 5_000 },
    logLevel: logLevel.WARN,
    logCreator: () => log,
  });
}
