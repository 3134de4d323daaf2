import {
  BadRequestException,
  ForbiddenException,
  HttpException,
  NotFoundException,
  ServiceUnavailableException,
} from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { problemOf } from './problem-of.js';

const withCode = (code: string) => Object.assign(new Error('failed'), { code });
const httpError = (status: number, expose: boolean) => Object.assign(new Error('reason'), { status, expose });

describe('problemOf', () => {
  it('leaves problems as they are', () => {
    const problem = new Problem('upload_not_found');
    expect(problemOf(problem)).toBe(problem);
  });

  it.each([
    ['an unknown route', new NotFoundException(), 'not_found'],
    ['what Nest refuses', new ForbiddenException(), 'forbidden'],
    ['what Nest cannot read', new BadRequestException('Unexpected token'), 'malformed_request'],
    ['a media type', new HttpException('', 415), 'unsupported_media_type'],
    ['a readiness that fails', new ServiceUnavailableException(), 'service_unavailable'],
    ['a body that is too large', httpError(413, true), 'request_too_large'],
    ['a body that is no JSON', httpError(400, true), 'malformed_request'],
    ['an error of a library with a status of its own', httpError(404, false), 'internal_error'],
    ['a database that refuses', withCode('ECONNREFUSED'), 'service_unavailable'],
    [
      'a database that stops, inside of another error',
      new Error('query', { cause: withCode('57P01') }),
      'service_unavailable',
    ],
    ['a unique violation nobody expected', withCode('23505'), 'internal_error'],
    ['a bug', new TypeError('x is undefined'), 'internal_error'],
    ['something thrown that is no error', 'oops', 'internal_error'],
  ])('%s', (_name, error, code) => {
    const problem = problemOf(error);
    expect(problem.code).toBe(code);
    expect(problem.cause).toBe(error);
  });
});
