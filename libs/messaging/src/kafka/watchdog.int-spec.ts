import type { Kafka } from 'kafkajs';
import { expect, it, vi } from 'vitest';
import { TOPICS } from '@muster/contracts';
import { freshTopicPrefix, kafkaBrokers, testTransport, PATIENT } from '@muster/testing';
import { IMPATIENT, kafkaClient } from './kafka-client.js';
import { Watchdog } from './watchdog.js';

/** The watchdog of a group, with all that has to do with time shortened. */
function watch(kafka: Kafka, topicPrefix: string, onStuck: (error: Error) => void): Watchdog {
  const topics = [topicPrefix + TOPICS.records.name];
  return new Watchdog(kafka, { groupId: `${topicPrefix}group`, topics, stuckAfterMs: 200, onStuck });
}

it('finds a consumer that does not fetch what there is to read', async () => {
  const topicPrefix = freshTopicPrefix();
  const transport = await testTransport({ topicPrefix });
  await transport.start();
  await transport.publish(TOPICS.records, [{ key: 'a', headers: {}, value: '{}' }]);
  await transport.stop();
  const onStuck = vi.fn<(error: Error) => void>();
  const watchdog = watch(kafkaClient(await kafkaBrokers(), 'test', IMPATIENT), topicPrefix, onStuck);
  watchdog.start();
  await vi.waitFor(() => expect(onStuck).toHaveBeenCalledOnce(), PATIENT);
  expect(onStuck.mock.calls[0]?.[0].message).toContain('with 1 events to read');
  watchdog.stop();
});
