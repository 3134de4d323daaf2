import type { RequestHandler } from 'express';
import { routeOf } from '../logs/request-log.middleware.js';
import type { Metrics } from './metrics.js';

const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Durations by route pattern, never by address: their number must stay small. */
export function httpMetricsMiddleware(metrics: Metrics): RequestHandler {
  const duration = metrics.histogram(
    'muster_http_request_duration_seconds',
    'Time from a request to the end of its answer, by route pattern.',
    ['method', 'route', 'status'],
    BUCKETS,
  );
  return (request, response, next) => {
    const start = performance.now();
    response.once('close', () => {
      const labels = { method: request.method, route: routeOf(request.route), status: response.statusCode };
      duration.observe((performance.now() - start) / 1_000, labels);
    });
    next();
  };
}
