import type { Request, RequestHandler } from 'express';
import type { ServiceName } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { preferredLanguage } from './language.js';
import { runInRequest } from './request-context.js';
import { newTraceparent, parseTraceparent } from './traceparent.js';

/** Ids that others give are taken when they can do no harm in log lines, headers and change logs. */
const SANE_ID = /^[\w.-]{1,64}$/;

/** First of all: from here on log lines, problems and callers know the request. */
export function contextMiddleware(service: ServiceName): RequestHandler {
  return (request, response, next) => {
    const requestId = header(request, 'x-request-id', SANE_ID) ?? newId();
    response.setHeader('X-Request-Id', requestId);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    // A company's data belongs into no cache, unless a handler says otherwise.
    response.setHeader('Cache-Control', 'no-store');
    // What is shown beside a record changes without its version, such as the last run of a configuration: no 304 for an ETag.
    delete request.headers['if-none-match'];
    const traceparent = parseTraceparent(header(request, 'traceparent')) ?? newTraceparent();
    const language = preferredLanguage(request.headers['accept-language']);
    const path = request.originalUrl.split('?', 1)[0] ?? '/';
    const { method, ip: address } = request;
    runInRequest({ service, requestId, traceparent, language, method, path, address, request, response }, next);
  };
}

function header(request: Request, name: string, shape = /^/): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && shape.test(value) ? value : undefined;
}
