import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { checkServiceToken } from './service-token.js';

/** Path under which services ask each other. */
export const INTERNAL = '/internal';

/** A question may name 20,000 people, and is read only once its sender is known to be one of us. */
export const INTERNAL_BODIES = {
  limit: '16mb',
  type: ({ url, headers }: IncomingMessage): boolean =>
    url?.startsWith(`${INTERNAL}/`) === true && headers['content-type'] === 'application/json',
};

/** Nobody but a service of ours gets behind `/internal`. */
export function internalMiddleware(serviceTokenSecret: string): RequestHandler {
  return async (request: Request, _response: Response, next: NextFunction): Promise<void> => {
    // Express 5 hands a rejection on as an error.
    await checkServiceToken(serviceTokenSecret, request.headers.authorization);
    next();
  };
}
