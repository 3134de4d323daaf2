import { expect, it } from 'vitest';
import { EVENTS } from '@muster/contracts';
import { asyncApiDocument } from './asyncapi.js';

interface Document {
  channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
  operations: Record<string, { action: string; channel: { $ref: string }; messages: { $ref: string }[] }>;
  components: { messages: Record<string, { payload: Record<string, unknown> }> };
}

const document = asyncApiDocument() as Document;

it('is the same text every time', () => {
  expect(JSON.stringify(asyncApiDocument())).toBe(JSON.stringify(document));
});

it('has every event type once as a message, in the channel of its topic, and an operation for each source', () => {
  expect(Object.keys(document.components.messages).toSorted()).toEqual(EVENTS.map(({ type }) => type).toSorted());
  for (const { type, topic, source } of EVENTS) {
    const holding = Object.values(document.channels).filter(({ messages }) => type in messages);
    expect(holding.map(({ address }) => address)).toEqual([topic.name]);
    for (const service of source) expect(document.operations[`${service}.${type}`]).toMatchObject({ action: 'send' });
  }
});

it('refers to nothing that is not there', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(references.length).toBeGreaterThan(EVENTS.length);
  for (const reference of references) {
    const found = reference
      .split('/')
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    expect(found, reference).toBeDefined();
  }
});

it('describes the data as a reader sees them: required properties, others allowed', () => {
  const { payload } = document.components.messages['user.created.v1'] ?? { payload: {} };
  expect(payload).toMatchObject({ type: 'object', required: expect.arrayContaining(['userId', 'version']) as unknown });
  expect(payload).not.toHaveProperty('additionalProperties');
});
