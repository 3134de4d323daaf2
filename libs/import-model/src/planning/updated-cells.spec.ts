import { describe, expect, it } from 'vitest';
import type { CellValue } from '../schema/field-schema.js';
import { brief, ID, plan, stored } from '../test-support/plan-customer.js';
import type { EmptyCell } from './row-plan.js';

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
