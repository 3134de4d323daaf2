import { expect, it } from 'vitest';
import { getMetadataArgsStorage } from 'typeorm';
import { UserAccount } from '../user-account.entity.js';
import { ACCOUNT_COLUMNS } from './account-columns.js';

const GIVEN = ['id', 'companyId', 'passwordHash', 'version', 'createdAt', 'updatedAt'];

it('the columns of accounts are those of the entity, with their types', () => {
  const parents = [UserAccount, ...parentsOf(UserAccount)];
  const columns = getMetadataArgsStorage().columns.filter(
    ({ target, propertyName, options }) =>
      parents.includes(target) && options.generatedType === undefined && !GIVEN.includes(propertyName),
  );
  const entity = columns.map(({ propertyName, options }) => [
    propertyName,
    options.name ?? propertyName,
    `${String(options.type)}${options.array ? '[]' : ''}`,
  ]);
  const listed = ACCOUNT_COLUMNS.map(({ property, column, type }) => [property, column, type]);
  expect(listed.toSorted()).toEqual(entity.toSorted());
});

function parentsOf(type: object): unknown[] {
  const parent: unknown = Object.getPrototypeOf(type);
  return typeof parent === 'function' && parent.name !== '' ? [parent, ...parentsOf(parent)] : [];
}
