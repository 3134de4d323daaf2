import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { expect, it } from 'vitest';
import { ChangeUserBody } from './user.dto.js';
import { UserListQuery } from './user-list.dto.js';

/** The level that a body or query is understood as; undefined when it is refused. */
function understood(type: typeof ChangeUserBody | typeof UserListQuery, authorizationLevel: unknown): unknown {
  const input = plainToInstance<ChangeUserBody | UserListQuery, object>(type, { authorizationLevel });
  return validateSync(input).length === 0 ? input.authorizationLevel : undefined;
}

it.each([
  [0, 0],
  [2, 2],
  ['user', 0],
  ['supervisor', 1],
  ['administrator', 2],
  ['Administrator', undefined],
  ['operator', undefined],
  ['constructor', undefined],
  ['1', undefined],
  [3, undefined],
  [1.5, undefined],
])('a body with %j means %j', (sent, level) => {
  expect(understood(ChangeUserBody, sent)).toBe(level);
});

it.each([
  ['0', 0],
  ['2', 2],
  ['supervisor', 1],
  ['3', undefined],
  ['', undefined],
  ['01', undefined],
  [['1', '2'], undefined],
])('a list filtered by %j is filtered by %j', (sent, level) => {
  expect(understood(UserListQuery, sent)).toBe(level);
});
