import { expect, it } from 'vitest';
import { firstSeq } from './staging.repository.js';

it('the chunks of an attempt have numbers of their own that fit into four bytes, however often it was tried before', () => {
  const firsts = Array.from({ length: 5_000 }, (_, attempt) => firstSeq({ attempt }));
  expect(Math.max(...firsts) + 2 ** 20).toBeLessThanOrEqual(2 ** 31);
  expect(new Set(firsts.slice(3_000, 5_000)).size).toBe(2_000);
});
