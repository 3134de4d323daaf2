import type { RequestHandler } from 'express';
import { Logger } from '@nestjs/common';

/** One line a request, without its query and headers: those may hold secrets. Probes are left out. */
export function requestLogMiddleware(): RequestHandler {
  const logger = new Logger('Request');
  return (request, response, next) => {
    const start = performance.now();
    response.once('close', () => {
      const route = routeOf(request.route);
      if (request.path.startsWith('/health/')) return;
      const { statusCode: status } = response;
      const durationMs = Math.round(performance.now() - start);
      const line = { method: request.method, route, status, durationMs, msg: `${request.method} ${route} ${status}` };
      if (!response.writableFinished) logger.warn({ ...line, msg: `${line.msg} cut off` });
      else logger.log(line);
    });
    next();
  };
}

/** The pattern of the address: it has neither ids nor tokens in it. */
export function routeOf(route: unknown): string {
  const path = (route as { path?: unknown } | undefined)?.path;
  return typeof path === 'string' ? path : 'unmatched';
}
