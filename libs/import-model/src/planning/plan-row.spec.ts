import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellValue, ImportMode } from '../schema/field-schema.js';
import { brief, ID, plan, stored } from '../test-support/plan-customer.js';
import type { StoredRecord } from './row-plan.js';

const MODES = ['create', 'update', 'upsert'] as const;

describe('mode and number of matches', () => {
  const one = stored();
  const two = [stored(), stored({}, { id: ID.replace('1', '2') })];
  const layout = 'externalId: key, name1';
  it.each<[ImportMode, StoredRecord[], string]>([
    ['create', [], 'created'],
    ['create', [one], 'invalid duplicate_key'],
    ['create', two, 'invalid ambiguous_key'],
    ['update', [], 'ignored key_not_found'],
    ['update', [one], 'updated'],
    ['update', two, 'invalid ambiguous_key'],
    ['upsert', [], 'created'],
    ['upsert', [one], 'updated'],
    ['upsert', two, 'invalid ambiguous_key'],
  ])('%s', (mode, matches, expected) => {
    expect(brief(plan(mode, layout, ['K1', 'New'], matches))).toBe(expected);
  });

  it.each<[ImportMode, string, CellValue[], StoredRecord[], string]>([
    ['create', 'id: key, name1', [null, 'New'], [], 'created'],
    ['upsert', 'id: key, name1', [null, 'New'], [], 'created'],
    ['update', 'id: key, name1', [null, 'New'], [], 'invalid key_empty'],
    ['create', 'id: key, name1', [ID, 'New'], [one], 'invalid duplicate_key'],
    ['create', 'id: key, name1', [ID, 'New'], [], 'invalid unknown_id'],
    ['update', 'id: key, name1', [ID, 'New'], [], 'invalid unknown_id'],
    ['upsert', 'id: key, name1', [ID, 'New'], [], 'invalid unknown_id'],
    ['upsert', 'id: key, name1', [ID, 'New'], [one], 'updated'],
    ['create', 'externalId: key, name1', [null, 'New'], [], 'invalid key_empty'],
    ['update', 'externalId: key, name1', [null, 'New'], [], 'invalid key_empty'],
    ['upsert', 'externalId: key, name1', [null, 'New'], [], 'invalid key_empty'],
    ['upsert', 'id: key, externalId: key, name1', [null, 'K9', 'New'], [], 'created'],
    ['upsert', 'name1: key, city: key', ['A', null], [], 'invalid key_empty'],
    ['create', 'name1, city', ['A', 'Wien'], [], 'created'],
  ])('%s, %s, %j', (mode, layout_, row, matches, expected) => {
    expect(brief(plan(mode, layout_, row, matches))).toBe(expected);
  });

  it('names the key field and the record', () => {
    expect(plan('upsert', 'externalId: key, name1', [null, 'x'])).toEqual({
      outcome: 'invalid',
      problems: [{ code: 'key_empty', field: 'externalId' }],
    });
    expect(plan('create', layout, ['K1', 'x'], [one])).toEqual({
      outcome: 'invalid',
      id: ID,
      problems: [{ code: 'duplicate_key', field: 'externalId' }],
    });
    expect(plan('upsert', layout, ['K1', 'x'], two)).toEqual({
      outcome: 'invalid',
      problems: [{ code: 'ambiguous_key', params: { count: 2 } }],
    });
  });
});

describe('a new record', () => {
  it('gets every mapped value, whatever the behaviour, and the defaults of the rest', () => {
    const layout = 'id: key, externalId: keep, name1: keep, city: overwrite/clear, category: overwrite/default';
    expect(plan('upsert', layout, [null, 'K1', 'New', null, null])).toEqual({
      outcome: 'created',
      values: { externalId: 'K1', name1: 'New', city: null, category: null, doNotCall: false },
    });
  });

  it('gets the default for an empty cell', () => {
    const result = plan('create', 'externalId: key, name1, doNotCall', ['K1', 'New', null]);
    expect(result).toMatchObject({ values: { doNotCall: false } });
  });

  it.each<[ImportMode, string, CellValue[], string]>([
    ['upsert', 'externalId: key, name1', ['K1', null], 'invalid required'],
    ['create', 'externalId: key, name1', ['K1', null], 'invalid required'],
    ['upsert', 'externalId: key, city', ['K1', 'Graz'], 'ignored key_not_found'],
    ['create', 'externalId: key, city', ['K1', 'Graz'], 'invalid required'],
  ])('%s %s %j: %s', (mode, layout, row, expected) => {
    expect(brief(plan(mode, layout, row))).toBe(expected);
  });
});

describe('the external id', () => {
  it.each<[CellValue, CellValue, string, string]>([
    ['K1', 'K2', 'overwrite', 'invalid external_id_fixed'],
    ['K1', 'k1', 'overwrite', 'invalid external_id_fixed'],
    ['K1', 'K1', 'overwrite', 'unchanged'],
    ['K1', null, 'overwrite/keep', 'unchanged'],
    ['K1', null, 'overwrite/clear', 'invalid external_id_fixed'],
    ['K1', 'K2', 'keep', 'unchanged'],
    [null, 'K2', 'overwrite', 'updated'],
  ])('stored %j, in the file %j, %s: %s', (before, cell, rules, expected) => {
    const result = plan('upsert', `id: key, externalId: ${rules}`, [ID, cell], [stored({ externalId: before })]);
    expect(brief(result)).toBe(expected);
  });
});

describe('coordinates', () => {
  const both = stored({ latitude: 48.2, longitude: 16.3 });
  it.each<[string, CellValue[], StoredRecord[], string]>([
    ['latitude, longitude', [1, 2], [], 'created'],
    ['latitude, longitude', [null, null], [], 'created'],
    ['latitude, longitude', [1, null], [], 'invalid coordinates_incomplete'],
    ['latitude, longitude', [null, 2], [both], 'invalid coordinates_incomplete'],
    ['latitude, longitude: keep', [null, 2], [both], 'invalid coordinates_incomplete'],
    ['latitude, longitude', [1, 2], [both], 'updated'],
    ['latitude', [1], [], 'invalid coordinates_incomplete'],
    ['latitude', [1], [both], 'updated'],
    ['latitude', [1], [stored()], 'invalid coordinates_incomplete'],
    ['latitude: overwrite/clear', [null], [both], 'invalid coordinates_incomplete'],
    ['latitude: overwrite/keep', [null], [both], 'unchanged'],
    ['city', ['Graz'], [stored({ latitude: 1 })], 'updated'],
  ])('%s %j', (layout, row, matches, expected) => {
    expect(brief(plan('upsert', `externalId: key, name1: keep, ${layout}`, ['K1', 'x', ...row], matches))).toBe(
      expected,
    );
  });

  it('names the one that lacks', () => {
    const result = plan('create', 'externalId: key, name1, latitude, longitude', ['K1', 'x', null, 2]);
    expect(result).toMatchObject({ problems: [{ code: 'coordinates_incomplete', field: 'latitude' }] });
  });
});

describe('a record in the recycle bin', () => {
  it.each(MODES)('comes back, %s', (mode) => {
    const result = plan(mode, 'externalId: key, name1', ['K1', 'Old'], [stored({}, { binned: true })]);
    expect(result).toEqual({ outcome: 'updated', id: ID, set: {}, changes: [], restored: true });
  });
});

it('cuts long texts in changes, not in what is written', () => {
  const text = `${'x'.repeat(499)}😀 and more`;
  const result = plan('update', 'externalId: key, notes', ['K1', text], [stored({ notes: 'y'.repeat(600) })]);
  expect(result).toMatchObject({
    set: { notes: text },
    changes: [{ from: 'y'.repeat(500), to: 'x'.repeat(499) }],
  });
});

it('says everything that is wrong with a row', () => {
  const layout = 'id: key, name1: overwrite/clear, externalId';
  expect(brief(plan('update', layout, [ID, null, 'K2'], [stored()]))).toBe('invalid required external_id_fixed');
});

it('refuses a layout with a field that nobody knows', () => {
  expect(() => plan('update', 'externalId: key, __proto__', ['K1', 'x'])).toThrow('no field');
});

it('what a plan writes, a second plan of the same row leaves unchanged', () => {
  const city = fc.constantFrom<CellValue>(null, 'Wien', 'Graz');
  const point = fc.constantFrom<CellValue>(null, 1, 2);
  const rule = fc.constantFrom('overwrite/keep', 'overwrite/clear', 'overwrite/default', 'keep/keep');
  const row = fc.tuple(city, city, point, point, fc.constantFrom<CellValue>(null, true, false));
  fc.assert(
    fc.property(
      row,
      row,
      fc.array(rule, { minLength: 5, maxLength: 5 }),
      fc.boolean(),
      (cells, before, rules, exists) => {
        const fields = ['name1', 'city', 'latitude', 'longitude', 'doNotCall'];
        const layout = ['externalId: key', ...fields.map((field, i) => `${field}: ${rules[i]}`)].join(', ');
        const old = {
          id: ID,
          externalId: 'K1',
          ...Object.fromEntries(fields.map((field, i) => [field, before[i] ?? null])),
        };
        const first = plan('upsert', layout, ['K1', ...cells], exists ? [old] : []);
        if (first.outcome !== 'created' && first.outcome !== 'updated') return;
        const now = first.outcome === 'created' ? { id: ID, ...first.values } : { ...old, ...first.set };
        const second = plan('upsert', layout, ['K1', ...cells], [now]);
        // What an empty cell clears was made empty by the first plan; a default is there already.
        expect(second).toEqual({ outcome: 'unchanged', id: ID });
      },
    ),
    { numRuns: 2_000 },
  );
});
