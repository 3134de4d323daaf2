import { expect, it } from 'vitest';
import * as events from './users.js';
import { TOPICS } from '../topics.js';

it('what is told of two accounts of a company arrives in one order: orders about records are about both', () => {
  const keys = Object.values(events).flatMap((contract) =>
    ['a', 'b'].map((userId) => contract.key('company', { userId } as never)),
  );
  expect(new Set(keys)).toEqual(new Set(['company']));
  expect(TOPICS.users.key).toBe('company');
});
