import 'reflect-metadata';
import { plainToInstance, Type } from 'class-transformer';
import {
  IsArray,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
  validate,
} from 'class-validator';
import { expect, it } from 'vitest';
import { renderProblem } from './render-problem.js';
import { validationProblem } from './validation-problem.js';

class Contact {
  @IsEmail()
  email!: string;
}

class Order {
  @IsString()
  @Length(1, 5)
  name!: string;

  @IsInt()
  @Min(1)
  @Max(10)
  count!: number;

  @IsOptional()
  @IsIn(['csv', 'xlsx'])
  format?: string;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Contact)
  contacts!: Contact[];
}

async function problemFor(body: object) {
  const order = plainToInstance(Order, body);
  return validationProblem(await validate(order, { whitelist: true, forbidNonWhitelisted: true }));
}

const good = { name: 'abc', count: 1, contacts: [] };

it.each([
  ['missing', { ...good, name: undefined }, { pointer: '/name', code: 'required' }],
  ['of another type', { ...good, name: 7 }, { pointer: '/name', code: 'wrong_type', params: { expected: 'text' } }],
  ['too long', { ...good, name: 'abcdef' }, { pointer: '/name', code: 'too_long', params: { limit: 5 } }],
  ['too short', { ...good, name: '' }, { pointer: '/name', code: 'too_short', params: { limit: 1 } }],
  ['too large', { ...good, count: 11 }, { pointer: '/count', code: 'too_large', params: { limit: 10 } }],
  ['too small', { ...good, count: 0 }, { pointer: '/count', code: 'too_small', params: { limit: 1 } }],
  [
    'not allowed',
    { ...good, format: 'pdf' },
    { pointer: '/format', code: 'not_allowed', params: { values: 'csv, xlsx' } },
  ],
  ['not known', { ...good, 'a/b~c': 1 }, { pointer: '/a~1b~0c', code: 'unknown_property', params: { name: 'a/b~c' } }],
  [
    'wrong inside of a list',
    { ...good, contacts: [{ email: 'a@example.com' }, { email: 'nobody' }] },
    { pointer: '/contacts/1/email', code: 'invalid_format', params: { expected: 'email' } },
  ],
])('points at a value that is %s', async (_name, body, detail) => {
  const problem = await problemFor(body);
  expect(problem).toMatchObject({ code: 'validation_failed', params: { count: 1 } });
  expect(problem.errors).toEqual([detail]);
});

it('lists every faulty value, with a text in both languages', async () => {
  const problem = await problemFor({ name: 1, count: 'x' });
  expect(problem.errors.map(({ pointer }) => pointer)).toEqual(['/name', '/count', '/contacts']);
  for (const language of ['en', 'de'] as const) {
    for (const { message } of renderProblem(problem, language, '').errors) expect(message).toMatch(/\.$/);
  }
});
