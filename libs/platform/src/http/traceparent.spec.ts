import { describe, expect, it } from 'vitest';
import { newTraceparent, parseTraceparent, traceIdOf } from './traceparent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceparent', () => {
  it('is taken when valid', () => {
    const header = `00-${TRACE}-${SPAN}-01`;
    expect(parseTraceparent(header)).toBe(header);
    expect(parseTraceparent(` ${header} `)).toBe(header);
    expect(traceIdOf(header)).toBe(TRACE);
  });

  it('of a later version is read as far as it is known', () => {
    expect(parseTraceparent(`01-${TRACE}-${SPAN}-01-more`)).toBe(`00-${TRACE}-${SPAN}-01`);
  });

  it.each([
    undefined,
    '',
    'garbage',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01\r\nX-Other: 1`,
  ])('is not taken: %j', (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });

  it('begins valid and differs each time', () => {
    const first = newTraceparent();
    expect(parseTraceparent(first)).toBe(first);
    expect(newTraceparent()).not.toBe(first);
  });
});
