import { describe, expect, it } from 'vitest';
import { CUSTOMER, planSettings, USER } from '@muster/import-model';
import { settledKey } from './settled-key.js';

const column = (field: string, behaviour: 'key' | 'overwrite') => ({ field, behaviour, emptyCell: 'keep' }) as const;
const settings = (...keys: string[]) =>
  planSettings(CUSTOMER, {
    mode: 'upsert',
    columns: [...keys.map((field) => column(field, 'key')), column('name1', 'overwrite')],
  });
const tooLong = (field: string) => [{ code: 'too_long', field }];

describe('a row that is invalid already', () => {
  it('stands for what has its key, whatever else is wrong with it', () => {
    const key = settledKey([7, '007', null], tooLong('name1'), settings('externalId'));
    expect(key).toEqual({ kind: 'key', json: '[7,"007",null]' });
    const both = settledKey([7, '007', 'Graz', 'Adler'], tooLong('name1'), settings('externalId', 'city'));
    expect(both).toEqual({ kind: 'key', json: '[7,"007","Graz",null]' });
  });

  it.each([
    ['its key cannot be read', [7, null, 'x'], tooLong('externalId'), settings('externalId')],
    ['its key is empty', [7, null, null], tooLong('name1'), settings('externalId')],
    ['one of its keys cannot be read', [7, '007', null, 'x'], tooLong('city'), settings('externalId', 'city')],
    ['its id cannot be read, which is not to be new', [7, null, 'x'], tooLong('id'), settings('id')],
    ['it has a cell too many, so that cells may have moved', [7, '007', 'x'], [{ code: 'extra_cells' }], settings('externalId')],
    ['the file was cut off in it', [7, '007', 'x'], [{ code: 'row_cut_off' }], settings('externalId')],
  ] as const)('does not say for whom it stands: %s', (_case, row, problems, given) => {
    expect(settledKey([...row], problems, given)).toEqual({ kind: 'unreadable' });
  });

  it('stands for whoever has one of its unique values, where its key is nobody’s', () => {
    const given = planSettings(USER, { mode: 'upsert', columns: [column('id', 'key'), column('email', 'overwrite'), column('note', 'overwrite'), column('employeeNumber', 'overwrite')] });
    const key = settledKey([7, null, 'anna@example.com', 'secret', '007'], tooLong('note'), given);
    expect(key).toEqual({ kind: 'key', json: '[7,null,"anna@example.com",null,"007"]' });
    expect(settledKey([7, null, null, 'x', null], tooLong('note'), given)).toEqual({ kind: 'new' });
  });

  it('stands for nobody who is new', () => {
    expect(settledKey([7, null, null], tooLong('name1'), settings('id'))).toEqual({ kind: 'new' });
  });
}); // prettier-ignore
