import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';

/**
 * On a JSON POST that creates: a repeat with the same `Idempotency-Key` gets the stored answer for 24 hours. The handler
 * runs inside the unit of work that stores its answer, so that a crash leaves neither; what it throws is not stored.
 */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes a repeat of the request answer the same, without a second effect, for 24 hours.',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    ApiExtension('x-muster-idempotent', true),
  );
}
