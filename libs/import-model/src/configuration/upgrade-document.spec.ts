import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION, upgradeDocument } from './upgrade-document.js';

describe('an older configuration document', () => {
  it('without a format version becomes one of today', () => {
    expect(upgradeDocument({ entity: 'customer' })).toEqual({ entity: 'customer', formatVersion: FORMAT_VERSION });
  });

  it.each([
    ['of today', { formatVersion: FORMAT_VERSION, entity: 'customer' }],
    ['of tomorrow', { formatVersion: FORMAT_VERSION + 1 }],
    ['with nonsense for a version', { formatVersion: '1' }],
    ['with half a version', { formatVersion: 0.5 }],
    ['that is none', 'text'],
    ['that is a list', [1]],
    ['that is null', null],
  ])('%s is left as it is', (_case, json) => {
    expect(upgradeDocument(json)).toBe(json);
  });
});
