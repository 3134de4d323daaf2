import { describe, expect, it } from 'vitest';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import { exportFields } from './export-fields.js';

const ids = (wanted: string | undefined, all = true) => exportFields(wanted, all).map(({ id }) => id);

describe('the columns of an export', () => {
  it('are all fields but the kind, and those for administrators only for who sees them', () => {
    const everything = ACCOUNT_FIELDS.map(({ id }) => id).filter((id) => id !== 'kind');
    expect(ids(undefined)).toEqual(everything);
    expect(ids(undefined, false)).toEqual(everything.filter((id) => id !== 'note' && id !== 'taxIdentifier'));
  });

  it.each([
    ['home.city, email,id', ['home.city', 'email', 'id']],
    ['email,kind,email', ['email', 'kind']],
  ])('chosen as %s keep their order', (wanted, columns) => {
    expect(ids(wanted)).toEqual(columns);
  });

  it.each([
    ['emaill', 'email', 'yes'],
    ['home.town', '', 'no'],
    ['Home.City', 'home.city', 'yes'],
    ['passwordHash', '', 'no'],
    ['constructor', '', 'no'],
    ['', '', 'no'],
  ])('%s are unknown', (wanted, nearest, near) => {
    expect(() => ids(`email,${wanted}`)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        errors: [{ pointer: '/fields', code: 'unknown_export_field', params: { field: wanted, nearest, near } }],
      }),
    );
  });

  it('that are for administrators only are refused to others', () => {
    expect(() => ids('email,note', false)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});
