import { describe, expect, it } from 'vitest';
import { checkVersion, etag, parseIfMatch } from './etag.js';

describe('entity tags', () => {
  it.each([1, 7, 123_456])('of version %i come back as that version', (version) => {
    expect(parseIfMatch(etag(version))).toBe(version);
    expect(parseIfMatch(`W/${etag(version)}`)).toBe(version);
  });

  it.each([undefined, '*', ' * '])('ask for no version: %j', (header) => {
    expect(parseIfMatch(header)).toBeUndefined();
  });

  it.each(['', '7', '"abc"', '"7", "8"', '"-1"', '"1e3"'])('match no version when they are not ours: %s', (header) => {
    const version = parseIfMatch(header);
    expect(() => checkVersion(version, 7)).toThrow(expect.objectContaining({ code: 'version_conflict' }));
  });

  it('let the read version through, and any without a condition', () => {
    expect(() => checkVersion(7, 7)).not.toThrow();
    expect(() => checkVersion(undefined, 7)).not.toThrow();
    expect(() => checkVersion(6, 7)).toThrow(expect.objectContaining({ code: 'version_conflict' }));
  });
});
