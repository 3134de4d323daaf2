import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request } from 'express';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { requestContext } from '../http/request-context.js';
import { Idempotency } from './idempotency.js';

@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const caller = requestContext()?.caller;
    if (!caller) throw new Error('A public handler cannot be idempotent');
    const request = context.switchToHttp().getRequest<Request>();
    const key = request.headers['idempotency-key'];
    const work = () => lastValueFrom(next.handle(), { defaultValue: undefined });
    return from(this.idempotency.run(caller, key === undefined ? key : String(key), fingerprint(request), work));
  }
}

/** Tells whether a repeat is the same request: address and body. */
function fingerprint(request: Request): string {
  const content = JSON.stringify([request.originalUrl, request.body ?? null]);
  return createHash('sha256').update(content).digest('hex');
}
