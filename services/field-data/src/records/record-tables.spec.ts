import { expect, it } from 'vitest';
import { RECORD_ENTITIES } from '@muster/contracts';
import { RECORD_TABLES } from './record-tables.js';

it('others know every kind of records that there is', () => {
  expect(RECORD_TABLES.map(({ schema }) => schema.name)).toEqual(RECORD_ENTITIES);
});
