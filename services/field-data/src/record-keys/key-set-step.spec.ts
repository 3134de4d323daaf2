import { describe, expect, it } from 'vitest';
import type { KeySet } from './key-set.entity.js';
import { keySetStep } from './key-set-step.js';

const NOW = new Date('2026-06-30T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);
const set = (given: Partial<KeySet>): KeySet => ({
  ...{ id: 'a', companyId: 'b', entity: 'customer', paths: ['name1'], atRecord: null, since: null, usedAt: NOW },
  ...{ state: 'new', ...given },
});

describe('the next step of a key set', () => {
  it.each([
    ['begins, whoever is still writing', { state: 'new' }, 1, 'begin filling'],
    ['waits for those who may not know it', { state: 'filling', since: 100 }, 99, 'wait'],
    ['is filled once they have ended', { state: 'filling', since: 100 }, 100, 'fill'],
    ['stays', { state: 'ready', since: 100 }, 99, 'none'],
    ['stays, used 90 days ago', { state: 'ready', usedAt: daysAgo(90) }, 99, 'none'],
    ['leaves after that', { state: 'ready', usedAt: daysAgo(91) }, 99, 'leave'],
    ['is filled first, used or not', { state: 'filling', since: 1, usedAt: daysAgo(91) }, 99, 'fill'],
    ['waits for those who still write into it', { state: 'leaving', since: 100 }, 99, 'wait'],
    ['is taken away once they have ended', { state: 'leaving', since: 100 }, 100, 'take away'],
  ] as const)('%s', (_title, given, oldest, step) => {
    expect(keySetStep(set(given), oldest, NOW)).toBe(step);
  });
});
