import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue, ImportMode } from '../schema/field-schema.js';
import { planRow } from './plan-row.js';
import { planSettings } from './plan-settings.js';
import type { EmptyCell, PlanColumn, RowPlan, StoredRecord, UpdateBehaviour } from './row-plan.js';
import { rowKey } from './row-key.js';

const ID = '0193d2a1c4f07b6e8a1f2c3d4e5f6071';
const MODES = ['create', 'update', 'upsert'] as const;

/** `externalId: key`, `name1: overwrite/keep`. */
function columns(text: string): PlanColumn[] {
  return text.split(', ').map((column) => {
    const [field = '', rules = 'overwrite'] = column.split(': ');
    const [behaviour, emptyCell = 'keep'] = rules.split('/');
    return { field, behaviour: behaviour as UpdateBehaviour, emptyCell: emptyCell as EmptyCell };
  });
}

function plan(mode: ImportMode, layout: string, row: CellValue[], matches: StoredRecord[] = []): RowPlan {
  return planRow(row, matches, planSettings(CUSTOMER, { mode, columns: columns(layout) }));
}

function stored(values: Record<string, CellValue> = {}, more: { id?: string; binned?: boolean } = {}): StoredRecord {
  return { id: ID, externalId: 'K1', name1: 'Old', city: 'Wien', doNotCall: false, ...values, ...more };
}

/** The outcome, with the codes of the problems. */
function brief(result: RowPlan): string {
  const codes = 'problems' in result ? result.problems.map(({ code }) => code) : [];
  return [result.outcome, ...codes].join(' ');
}

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

describe('cell x update behaviour x rule for empty cells', () => {
  // The stored city is Wien; what an update makes of it.
  const cases: [cell: string | null, behaviour: string, emptyCell: EmptyCell, city: CellValue][] = [
    ['Graz', 'overwrite', 'keep', 'Graz'],
    ['Graz', 'overwrite', 'clear', 'Graz'],
    ['Graz', 'overwrite', 'default', 'Graz'],
    ['Graz', 'keep', 'keep', 'Wien'],
    ['Graz', 'keep', 'clear', 'Wien'],
    ['Graz', 'keep', 'default', 'Wien'],
    ['Graz', 'key', 'keep', 'Wien'],
    ['Wien', 'overwrite', 'keep', 'Wien'],
    ['Wien', 'overwrite', 'clear', 'Wien'],
    ['Wien', 'keep', 'keep', 'Wien'],
    [null, 'overwrite', 'keep', 'Wien'],
    [null, 'overwrite', 'clear', null],
    [null, 'overwrite', 'default', null],
    [null, 'keep', 'keep', 'Wien'],
    [null, 'keep', 'clear', 'Wien'],
    [null, 'keep', 'default', 'Wien'],
  ];
  it.each(cases.flatMap((values) => (['update', 'upsert'] as const).map((mode) => [mode, ...values] as const)))(
    '%s: %j, %s, %s: %j',
    (mode, cell, behaviour, emptyCell, city) => {
      const result = plan(mode, `externalId: key, city: ${behaviour}/${emptyCell}`, ['K1', cell], [stored()]);
      const changes = [{ field: 'city', from: 'Wien', to: city }];
      const updated = { outcome: 'updated', id: ID, set: { city }, changes, restored: false };
      expect(result).toEqual(city === 'Wien' ? { outcome: 'unchanged', id: ID } : updated);
    },
  );

  it.each<[string, CellValue, string, CellValue]>([
    ['keep leaves an empty value empty', 'X', 'keep', 'unchanged'],
    ['overwrite fills it', 'X', 'overwrite', 'X'],
    ['nothing for nothing', null, 'overwrite/clear', 'unchanged'],
  ])('%s', (_name, cell, rules, expected) => {
    const result = plan('update', `externalId: key, category: ${rules}`, ['K1', cell], [stored()]);
    const updated = { set: { category: expected }, changes: [{ from: null, to: expected }] };
    expect(result).toMatchObject(expected === 'unchanged' ? { outcome: 'unchanged', id: ID } : updated);
  });

  it.each<[EmptyCell, CellValue, string]>([
    ['keep', true, 'unchanged'],
    ['clear', true, 'false'],
    ['default', true, 'false'],
    ['clear', false, 'unchanged'],
  ])('an empty yes/no, %s, where %s is stored', (emptyCell, before, after) => {
    const layout = `externalId: key, doNotCall: overwrite/${emptyCell}`;
    const result = plan('update', layout, ['K1', null], [stored({ doNotCall: before })]);
    const updated = { outcome: 'updated', set: { doNotCall: false } };
    expect(result).toMatchObject(after === 'unchanged' ? { outcome: 'unchanged' } : updated);
  });

  it.each<[EmptyCell, string]>([
    ['keep', 'unchanged'],
    ['clear', 'invalid required'],
    ['default', 'invalid required'],
  ])('an empty cell of a required field, %s: %s', (emptyCell, expected) => {
    expect(brief(plan('update', `externalId: key, name1: overwrite/${emptyCell}`, ['K1', null], [stored()]))).toBe(
      expected,
    );
  });

  it.each<[CellValue, CellValue, boolean]>([
    ['007', '7', true],
    ['Wien', 'wien', true],
    ['Wien', 'Wien ', true],
    ['e\u0301', 'é', true],
    ['Wien', 'Wien', false],
  ])('texts are compared exactly: %j and %j', (from, to, changes) => {
    const result = plan('update', 'externalId: key, city', ['K1', to], [stored({ city: from })]);
    expect(result.outcome).toBe(changes ? 'updated' : 'unchanged');
  });

  it.each<[CellValue, CellValue, boolean]>([
    [28, 28, false],
    [28, 29, true],
    [0, null, false],
    [null, 0, true],
  ])('numbers are compared exactly: %j and %j', (from, to, changes) => {
    const result = plan('update', 'externalId: key, callInterval', ['K1', to], [stored({ callInterval: from })]);
    expect(result.outcome).toBe(changes ? 'updated' : 'unchanged');
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

describe('rowKey', () => {
  it.each<[ImportMode, string, CellValue[], unknown]>([
    ['upsert', 'name1, externalId: key', ['x', 'K1'], { kind: 'key', values: ['K1'] }],
    ['upsert', 'city: key, name1: key', ['Wien', 'x'], { kind: 'key', values: ['Wien', 'x'] }],
    ['upsert', 'id: key', [null], { kind: 'new' }],
    ['update', 'id: key', [null], { kind: 'empty', field: 'id' }],
    ['create', 'name1', ['x'], { kind: 'new' }],
  ])('%s %s %j', (mode, layout, row, expected) => {
    expect(rowKey(row, planSettings(CUSTOMER, { mode, columns: columns(layout) }))).toEqual(expected);
  });
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
