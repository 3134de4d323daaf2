import { randomBytes } from 'node:crypto';
import { createKafkaTransport, type EventTransport, type KafkaTransportOptions } from '@muster/messaging';
import './provided-context.js';

/** The brokers of the run's Kafka, which starts when the first test asks (some seconds; the first time ever, a download). */
export async function kafkaBrokers(): Promise<string[]> {
  const { inject } = await import('vitest');
  const response = await fetch(inject('kafkaOnDemandUrl'));
  if (!response.ok) throw new Error(`Kafka did not start: ${await response.text()}`);
  return (await response.json()) as string[];
}

/** A prefix for topics and groups that no other test has. */
export function freshTopicPrefix(): string {
  return `test-${randomBytes(4).toString('hex')}.`;
}

/** Real Kafka with topics and groups of its own; not yet started. */
export async function testTransport(options: Partial<KafkaTransportOptions> = {}): Promise<EventTransport> {
  return createKafkaTransport({
    brokers: await kafkaBrokers(),
    clientId: 'test',
    topicPrefix: freshTopicPrefix(),
    ...options,
  });
}
