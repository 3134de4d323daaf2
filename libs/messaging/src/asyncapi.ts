import { z } from 'zod';
import { EVENTS, TOPICS, type EventContract, type Topic } from '@muster/contracts';
import { EVENT_HEADERS } from './serialization.js';

type Named = Record<string, object>;

/** The AsyncAPI 3.0 document of all events: a function of the contracts alone, the same text every time. */
export function asyncApiDocument(): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Muster events',
      version: '1',
      description:
        'CloudEvents 1.0 in binary mode: attributes as headers, the data as JSON value, some of it gzipped (`content-encoding`). Delivered at least once, in order per key. ' +
        'Types only ever gain optional properties; ignore what you do not know.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: named(Object.entries<Topic>(TOPICS).map(([name, topic]) => [name, channel(topic)])),
    operations: named(EVENTS.flatMap(operations)),
    components: {
      messages: named(EVENTS.map((contract) => [contract.type, message(contract)])),
      schemas: { headers: jsonSchema(EVENT_HEADERS) },
    },
  };
}

function channel(topic: Topic): object {
  const messages = EVENTS.filter((contract) => contract.topic === topic).map(({ type }): [string, object] => [
    type,
    { $ref: `#/components/messages/${type}` },
  ]);
  return {
    address: topic.name,
    description: topic.description,
    messages: named(messages),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': topic.retentionMs },
        bindingVersion: '0.5.0',
      },
    },
  };
}

/** One for each service that publishes the type; whoever likes may read it. */
function operations({ type, topic, source }: EventContract): [string, object][] {
  const [channelName] = Object.entries<Topic>(TOPICS).find(([, one]) => one === topic) ?? [topic.name];
  return source.map((service) => [
    `${service}.${type}`,
    {
      action: 'send',
      channel: { $ref: `#/channels/${channelName}` },
      summary: `${service} publishes ${type}`,
      messages: [{ $ref: `#/channels/${channelName}/messages/${type}` }],
    },
  ]);
}

function message(contract: EventContract): object {
  return {
    name: contract.type,
    title: contract.type,
    summary: contract.description,
    contentType: 'application/json',
    headers: { $ref: '#/components/schemas/headers' },
    payload: jsonSchema(contract.data),
    bindings: { kafka: { key: { type: 'string', description: contract.topic.key }, bindingVersion: '0.5.0' } },
  };
}

/** As consumers read: what they do not know is allowed. Draft 7 is what AsyncAPI takes without a word. */
function jsonSchema(schema: z.ZodType): object {
  const { $schema: _, '~standard': __, ...rest } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return rest;
}

function named(entries: readonly [string, object][]): Named {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
