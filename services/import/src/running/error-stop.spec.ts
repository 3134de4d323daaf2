import { describe, expect, it } from 'vitest';
import type { ImportJob } from '../imports/import-job.entity.js';
import { errorStop } from './error-stop.js';

const job = (maxErrors: number | string | undefined, invalid: number, errorsBefore = 0) => {
  const counters = { read: 200, invalid, failed: 1, created: 0, updated: 0, unchanged: 0, ignored: 0, unprocessed: 0 };
  return { counters, errorsBefore, configuration: { options: { maxErrors } } } as unknown as ImportJob;
};

describe('a run', () => {
  it.each<[number | string | undefined, number, number | null]>([
    [undefined, 199, null],
    [3, 2, null],
    [3, 3, 3],
    [0, 0, 0],
    ['5 %', 9, null],
    ['5 %', 10, 10],
  ])('with maxErrors %s and %s invalid rows beside a failed one stops at %s', (maxErrors, invalid, limit) => {
    const stop = limit === null ? null : { code: 'too_many_errors', params: { count: invalid + 1, limit } };
    expect(errorStop(job(maxErrors, invalid))).toEqual(stop);
    expect(errorStop(job(maxErrors, invalid + 7, 7))).toEqual(stop);
  });
});
