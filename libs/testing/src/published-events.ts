import { Kafka, logLevel } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import type { Topic } from '@muster/contracts';

export interface PublishedEvent {
  readonly id: string;
  readonly type: string;
  readonly cause: string;
  readonly data: Record<string, unknown>;
}

/** Every event that a topic holds, from its beginning; what was published twice is there once, by its id. */
export async function publishedEvents(brokers: readonly string[], topic: Topic): Promise<PublishedEvent[]> {
  const kafka = new Kafka({ brokers: [...brokers], clientId: 'test', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic.name);
  await admin.disconnect();
  const left = new Map(ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, high]));
  const found = new Map<string, PublishedEvent>();
  if (left.size === 0) return [];
  const consumer = kafka.consumer({ groupId: `test-${randomUUID()}` });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic.name], fromBeginning: true });
  await new Promise<void>((resolve, reject) => {
    const run = consumer.run({
      eachMessage: async ({ partition, message }) => {
        const [id, type, cause] = ['ce_id', 'ce_type', 'ce_cause'].map((name) => String(message.headers?.[name]));
        const data = JSON.parse(String(message.value)) as Record<string, unknown>;
        if (id !== undefined && type !== undefined && cause !== undefined) found.set(id, { id, type, cause, data });
        if (Number(message.offset) + 1 >= Number(left.get(partition))) left.delete(partition);
        if (left.size === 0) resolve();
      },
    });
    run.catch(reject);
  });
  await consumer.disconnect();
  return [...found.values()];
}
