import { getMetadataArgsStorage } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { RequestValidationPipe } from '@muster/platform';
import { WorkSettingsInput } from './work-settings.dto.js';
import { ACCOUNT_FIELDS, INHERITED_FIELDS, type AccountField } from './account-fields.js';
import { AccountProfile } from './account-profile.entity.js';
import { AccountWorkSettings } from './account-work-settings.entity.js';
import { companyDefaults, effectiveValues } from './effective-values.js';
import { nested } from './nested.js';
import { UserAccount } from './user-account.entity.js';
import { ChangeUserBody, CreateUserBody } from './user.dto.js';
import { wishesOf } from './wishes-of.js';

const ENTITY: readonly unknown[] = [UserAccount, AccountWorkSettings, AccountProfile];
const COLUMNS = getMetadataArgsStorage().columns.filter(({ target }) => ENTITY.includes(target));
const WRITABLE = ACCOUNT_FIELDS.filter(({ readOnly, id }) => !readOnly && id !== 'kind');

const SAMPLES: Record<AccountField['type'], unknown> = {
  text: 'x',
  multiline: 'x',
  email: 'anna@example.com',
  phone: '123456',
  uprn: '010003456789',
  recordId: '0'.repeat(32),
  integer: 7,
  number: 7,
  yesNo: true,
  date: '1980-05-17',
  time: '08:30',
  choice: undefined,
  language: 'en',
  list: ['x'],
  groups: ['0'.repeat(32)],
};
const sampleOf = ({ type, values }: AccountField) => SAMPLES[type] ?? values?.[0];
const checked = (metatype: typeof CreateUserBody | typeof ChangeUserBody | typeof WorkSettingsInput, body: object) =>
  new RequestValidationPipe().transform(body, { type: 'body', metatype }) as Promise<object>;

describe('the list of fields', () => {
  it.each(ACCOUNT_FIELDS)('$id is a column of the account', ({ column, property }) => {
    const found = COLUMNS.find(({ propertyName }) => propertyName === property);
    expect(found?.options.name ?? found?.propertyName).toBe(column);
  });

  it.each(WRITABLE)('$id can be wished for, and emptied', async (field) => {
    const value = sampleOf(field);
    const change = await checked(ChangeUserBody, nested({ [field.id]: value }));
    expect(wishesOf(change)).toEqual({ [field.property]: value });
    const creation = await checked(CreateUserBody, { kind: 'staff', ...nested({ [field.id]: value }) });
    expect(wishesOf(creation)).toEqual({ [field.property]: value });
    const emptied = await checked(ChangeUserBody, nested({ [field.id]: null }));
    expect(wishesOf(emptied)).toEqual({ [field.property]: null });
  });

  it('names each field and each column once', () => {
    for (const key of ['id', 'column', 'property'] as const) {
      expect(new Set(ACCOUNT_FIELDS.map((field) => field[key])).size).toBe(ACCOUNT_FIELDS.length);
    }
  });
});

describe('what the company sets for all', () => {
  it.each(INHERITED_FIELDS)('$id holds where an account has nothing of its own', async (field) => {
    const { id, property } = field;
    const own = sampleOf(field) as string | number;
    await expect(checked(WorkSettingsInput, nested({ [id]: own }))).resolves.toBeDefined();
    expect(companyDefaults({})).toHaveProperty([id]);
    expect(effectiveValues({ [property]: null }, {})[id]).toEqual(companyDefaults({})[id]);
    expect(effectiveValues({ [property]: null }, { [id]: own })[id]).toBe(own);
    expect(effectiveValues({ [property]: own }, { [id]: 'other' })[id]).toBe(own);
  });
});
