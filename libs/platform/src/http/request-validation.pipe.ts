import type { IncomingHttpHeaders } from 'node:http';
import { Injectable, ValidationPipe, type ArgumentMetadata, type Type } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { validationProblem } from '../problems/validation-problem.js';
import { requireChoice } from './one-of.js';
import { requestContext } from './request-context.js';
import { requireStorable } from './unstorable.js';

/** Checks bodies and queries against their DTO classes; what the class does not know is refused. */
@Injectable()
export class RequestValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      // The target tells what each constraint was given; it is not sent to anybody.
      validationError: { target: true, value: true },
      exceptionFactory: validationProblem,
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && this.toValidate(metadata)) checkBody(value);
    checkTexts(value, metadata);
    const taken = (await super.transform(value, metadata)) as unknown;
    if (metadata.type === 'body' && metadata.metatype && typeof taken === 'object' && taken !== null) {
      requireChoice(taken, metadata.metatype as Type<object>);
    }
    return taken;
  }
}

function checkBody(value: unknown): void {
  const { headers = {} } = requestContext()?.request ?? {};
  if (
    value === undefined &&
    saysSomething(headers) &&
    !/^application\/(?:[\w.+-]+\+)?json\b/i.test(headers['content-type'] ?? '')
  ) {
    throw new Problem('unsupported_media_type', { params: { expected: 'application/json' } });
  }
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
    const detail = { pointer: '', code: 'wrong_type', params: { expected: 'object' } };
    throw new Problem('validation_failed', { params: { count: 1 }, errors: [detail] });
  }
}

/** Of a body that nobody has read: one without a type must not pass for none, and its change for done. */
function saysSomething(headers: IncomingHttpHeaders): boolean {
  const length = headers['content-length'];
  return headers['content-type'] !== undefined || headers['transfer-encoding'] !== undefined || Number(length ?? 0) > 0;
}

/** Here once, lest every service meets the database's error. */
function checkTexts(value: unknown, { type, data }: ArgumentMetadata): void {
  if (type !== 'custom') requireStorable(value, data === undefined ? '' : `/${data}`);
}
