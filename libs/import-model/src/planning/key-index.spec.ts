import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';

import { KeyIndex } from './key-index.js';
import { planSettings } from './plan-settings.js';
import type { StoredRecord } from './row-plan.js';

function settings(...keys: string[]) {
  const columns = keys.map((field) => ({ field, behaviour: 'key', emptyCell: 'keep' }) as const);
  return planSettings(CUSTOMER, { mode: 'upsert', columns });
}

const record = (id: string, fields: Record<string, string | number | null>, binned = false): StoredRecord => ({
  id,

  binned,
  ...fields,
});
const rows = (...values: (string | null)[][]) => values.map((cells, i) => ({ row: i + 2, values: cells }));

describe('KeyIndex', () => {
  it('asks for each key once, and not for empty ones', () => {
    const index = new KeyIndex(rows(['A'], [null], ['B'], ['A']), settings('externalId'));
    expect(index.wanted()).toEqual([['A'], ['B']]);
    expect(index.wantedOf('externalId')).toEqual(['A', 'B']);
  });

  it('gives each row the records of its whole key', () => {
    const index = new KeyIndex(rows(['a', 'b'], ['a', 'c'], ['a b', 'c']), settings('name1', 'city'));
    const same = record('1', { name1: 'a', city: 'b' });
    index.add([same, record('2', { name1: 'a', city: null }), record('3', { name1: 'a', city: 'd' })]);
    expect(index.matchesOf(0)).toEqual([same]);
    expect(index.matchesOf(1)).toEqual([]);
    expect(index.matchesOf(2)).toEqual([]);
  });

  it('does not take one pair of values for another', () => {
    const index = new KeyIndex(rows(['a,b', 'c'], ['a', 'b,c']), settings('name1', 'city'));
    index.add([record('1', { name1: 'a,b', city: 'c' })]);
    expect([index.matchesOf(0).length, index.matchesOf(1).length]).toEqual([1, 0]);
  });

  it('names all records of an ambiguous key', () => {
    const index = new KeyIndex(rows(['x']), settings('name1'));
    index.add([record('1', { name1: 'x' }), record('2', { name1: 'x' })]);
    expect(index.matchesOf(0)).toHaveLength(2);
  });

  it('knows what a row means: what has its key, and what it names by its id though that is nowhere', () => {
    const [one, other] = ['a'.repeat(32), 'b'.repeat(32)];
    const byId = new KeyIndex(rows([one, 'x'], [other, 'y'], [null, 'z']), settings('id', 'name1'));
    byId.add([record(one, { name1: 'x' })]);
    expect([0, 1, 2].map((i) => byId.meantBy(i))).toEqual([[one], [other], []]);
    expect(byId.meant()).toEqual([one, other]);
    const byName = new KeyIndex(rows(['x'], ['y']), settings('name1'));
    byName.add([record('1', { name1: 'x' }), record('2', { name1: 'x' })]);
    expect(byName.meant()).toEqual(['1', '2']);
  });

  it('takes the latest from the recycle bin, and only where no other record has the key', () => {
    const index = new KeyIndex(rows(['A'], ['B']), settings('externalId'));
    const live = record('1', { externalId: 'A' });
    const latest = record('3', { externalId: 'B' }, true);
    index.add([live, record('2', { externalId: 'A' }, true), latest, record('4', { externalId: 'B' }, true)]);
    expect(index.matchesOf(0)).toEqual([live]);
    expect(index.matchesOf(1)).toEqual([latest]);
  });
});
