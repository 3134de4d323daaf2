import type { Admin } from 'kafkajs';
import { MAX_EVENT_BYTES, type Topic } from '@muster/contracts';

/** Largest batch that a broker takes: an event of the largest size with its headers and the frame around it. */
export const MAX_BATCH_BYTES = MAX_EVENT_BYTES + 64 * 1024;

/** Creates the topics that are missing; what is there stays as its administrator set it. Others may do so at the same time. */
export async function createMissingTopics(admin: Admin, topics: readonly Topic[], prefix: string): Promise<void> {
  const there = new Set(await admin.listTopics());
  const missing = topics.filter(({ name }) => !there.has(prefix + name));
  // One by one: kafkajs reports a topic that another process has just created as a failure of all.
  for (const topic of missing) {
    await admin.createTopics({
      topics: [
        {
          topic: prefix + topic.name,
          numPartitions: topic.partitions,
          replicationFactor: -1,
          configEntries: [
            { name: 'retention.ms', value: String(topic.retentionMs) },
            { name: 'max.message.bytes', value: String(MAX_BATCH_BYTES) },
          ],
        },
      ],
    });
  }
}
