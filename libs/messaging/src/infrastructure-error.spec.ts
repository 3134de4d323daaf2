import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { isInfrastructureError } from './infrastructure-error.js';

const coded = (code: string) => Object.assign(new Error('x'), { code });

describe('an error of infrastructure', () => {
  it.each([
    ['a refused connection', coded('ECONNREFUSED')],
    ['an administrator who stops the database', coded('57P01')],
    ['a database that starts up', coded('57P03')],
    ['a broken protocol', coded('08006')],
    ['a lost connection of pg', new Error('Connection terminated unexpectedly')],
    ['a failed query around one', new QueryFailedError('select 1', [], coded('57P01'))],
    ['a failed fetch around one', new TypeError('fetch failed', { cause: coded('ECONNRESET') })],
    ['one of several addresses', new AggregateError([coded('ENOENT'), coded('ECONNREFUSED')])],
    ['a transaction whose connection broke before its end', new QueryRunnerAlreadyReleasedError()],
    ['kafkajs', Object.assign(new Error('Closed connection'), { name: 'KafkaJSConnectionClosedError' })],
  ])('is %s', (_, error) => {
    expect(isInfrastructureError(error)).toBe(true);
  });

  it.each([
    ['a violated constraint', new QueryFailedError('insert', [], coded('23505'))],
    ['a bug', new TypeError('x is not a function')],
    ['a text', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => {
    expect(isInfrastructureError(error)).toBe(false);
  });

  it('is looked for in a chain that bites its own tail', () => {
    const error: Error & { cause?: unknown } = new Error('x');
    error.cause = error;
    expect(isInfrastructureError(error)).toBe(false);
  });
});
