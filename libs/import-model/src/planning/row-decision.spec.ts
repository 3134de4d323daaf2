import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue } from '../schema/field-schema.js';

import { KeyIndex } from './key-index.js';
import { planSettings } from './plan-settings.js';
import type { StoredRecord } from './row-plan.js';
import { claimedValue, decideRows, effectOf, fieldsWritten, refuseTaken } from './row-decision.js';

const settings = planSettings(CUSTOMER, {
  mode: 'upsert',
  columns: [
    { field: 'name1', behaviour: 'key', emptyCell: 'keep' },
    { field: 'externalId', behaviour: 'overwrite', emptyCell: 'keep' },
    { field: 'city', behaviour: 'overwrite', emptyCell: 'keep' },
    { field: 'notes', behaviour: 'overwrite', emptyCell: 'keep' },
  ],
});
const stored = (id: string, fields: Record<string, string | null>): StoredRecord => ({
  id,

  binned: false,
  ...fields,
});

function decide(records: StoredRecord[], ...cells: CellValue[][]) {
  const rows = cells.map((values, i) => ({ row: i + 2, values }));
  const index = new KeyIndex(rows, settings);
  index.add(records);
  return decideRows(rows, index, settings);
}

describe('the decisions about a chunk', () => {
  const adler = stored('a1', { name1: 'Adler', externalId: null, city: 'Graz', notes: 'old' });
  const bear = stored('b1', { name1: 'Bär', externalId: 'B', city: 'Wien', notes: 'old' });

  it('write the same fields of every updated record: the new value, or the stored one', () => {
    const decisions = decide(
      [adler, bear],
      ['Adler', null, 'Linz', null],
      ['Bär', null, null, 'new'],
      ['Neu', 'N', null, null],
    );
    const { updated, created, answers } = effectOf(decisions, () => 'new-id');
    expect(fieldsWritten(decisions, 'updated')).toEqual(['city', 'notes']);
    expect(updated.map(({ id, values }) => [id, values['city'], values['notes']])).toEqual([
      ['a1', 'Linz', 'old'],
      ['b1', 'Wien', 'new'],
    ]);
    expect(created).toMatchObject([{ id: 'new-id', values: { name1: 'Neu', externalId: 'N', doNotCall: false } }]);
    expect(answers.map(({ row, outcome }) => [row, outcome])).toEqual([
      [2, 'updated'],
      [3, 'updated'],
      [4, 'created'],
    ]);
  });

  it('give no ids to records that a dry run would create', () => {
    const { created, answers } = effectOf(decide([], ['Neu', null, null, null]), undefined);
    expect(created).toEqual([]);
    expect(answers).toEqual([{ row: 2, outcome: 'created' }]);
  });

  it('name every record that a key fits, however many', () => {
    const many = Array.from({ length: 200_000 }, (_, i) => stored(`r${i}`, { name1: 'Adler' }));
    const { answers, present } = effectOf(decide(many, ['Adler', null, null, null]), undefined);
    expect(answers).toMatchObject([{ outcome: 'invalid', problems: [{ code: 'ambiguous_key' }] }]);
    expect(present).toHaveLength(many.length);
  });

  it('refuse an external id that another record has, but not one’s own', () => {
    const decisions = decide([adler], ['Adler', 'A', null, null], ['Neu', 'B', null, null]);
    expect(decisions.map((one) => claimedValue(one, 'externalId', settings))).toEqual(['A', 'B']);
    const refused = refuseTaken(
      decisions,
      'externalId',
      new Map([
        ['A', 'a1'],
        ['B', 'b1'],
      ]),
      settings,
    );
    expect(refused.map(({ plan }) => plan.outcome)).toEqual(['updated', 'invalid']);
  });
});
