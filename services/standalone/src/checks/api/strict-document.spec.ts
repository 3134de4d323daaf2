import { expect, it } from 'vitest';
import { strictDocument } from './strict-document.js';

function closed(schema: object, schemas: object = {}): { schema: unknown; schemas: unknown } {
  const answer = { content: { 'application/json': { schema } } };
  const document = { paths: { '/v1/users': { get: { responses: { 200: answer } } } }, components: { schemas } };
  const strict = strictDocument(document);
  return {
    schema: strict.paths['/v1/users'].get.responses[200].content['application/json'].schema,
    schemas: strict.components.schemas,
  };
}

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const user = { type: 'object', properties: { id: { type: 'string' } } };

it('closes what is answered, and what is within', () => {
  const page = { type: 'object', properties: { items: { type: 'array', items: ref('User') } } };
  const { schema, schemas } = closed(page, { User: user, Body: { ...user } });
  expect(schema).toEqual({ ...page, additionalProperties: false });
  expect(schemas).toEqual({ User: { ...user, additionalProperties: false }, Body: user });
});

it('closes parts of one value together', () => {
  const parts = { allOf: [ref('User'), { type: 'object', properties: { code: { enum: ['a'] } } }] };
  const { schema, schemas } = closed(parts, { User: user });
  expect(schema).toEqual({ ...parts, unevaluatedProperties: false });
  expect(schemas).toEqual({ User: user });
});

it('leaves open what says that it is', () => {
  const labels = { type: 'object', properties: {}, additionalProperties: { type: 'string' } };
  expect(closed(labels).schema).toEqual(labels);
});

it('ends where schemas know each other', () => {
  const tree = { type: 'object', properties: { below: ref('Tree') } };
  expect(closed(ref('Tree'), { Tree: tree }).schemas).toEqual({ Tree: { ...tree, additionalProperties: false } });
});
