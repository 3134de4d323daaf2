import { expect, it } from 'vitest';
import { importChunkOrdered } from './import-chunks.js';

it.each([
  ['records of a rep keep their order', { repId: 'rep', dryRun: false, seq: 1 }, 'company/rep'],
  ['a plan of them too', { repId: 'rep', dryRun: true, seq: 1 }, 'company/rep'],
  ['accounts are written in the order of the file', { repId: null, dryRun: false, seq: 1 }, 'company'],
  ['and planned several chunks at a time', { repId: null, dryRun: true, seq: 1 }, 'company/1'],
])('%s', (_what, data, key) => {
  expect(importChunkOrdered.key('company', data as never)).toBe(key);
});
