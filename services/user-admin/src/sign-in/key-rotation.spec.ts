import { describe, expect, it } from 'vitest';
import { isKeyDue, publishedKeys, signingKeyOf } from './key-rotation.js';

const now = new Date('2026-06-01T00:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const aged = (ms: number) => ({ createdAt: new Date(now.getTime() - ms) });

describe('signing keys', () => {
  it.each([
    ['there is none', [], true],
    ['it is young', [aged(29 * DAY)], false],
    ['it has had its turn', [aged(30 * DAY)], true],
    ['the next is there', [aged(MINUTE), aged(30 * DAY)], false],
  ])('a new one is due when %s: %2$s', (_name, keys, due) => {
    expect(isKeyDue(keys, now)).toBe(due);
  });

  it('sign once everybody has had time to read them', () => {
    const [young, old] = [aged(14 * MINUTE), aged(30 * DAY)];
    expect(signingKeyOf([young, old], now)).toBe(old);
    const ripe = aged(15 * MINUTE);
    expect(signingKeyOf([ripe, old], now)).toBe(ripe);
    expect(signingKeyOf([young], now)).toBe(young);
  });

  it('are published from the beginning until their last token has long ended', () => {
    const [next, present, last] = [aged(0), aged(DAY), aged(31 * DAY)];
    expect(publishedKeys([next, present, last], now)).toEqual([next, present, last]);
    const older = aged(DAY + 15 * MINUTE);
    expect(publishedKeys([older, last], now)).toEqual([older]);
  });
});
