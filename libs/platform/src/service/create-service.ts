import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Logger as PinoLogger } from 'nestjs-pino';
import { Registry } from 'prom-client';
import { createKafkaTransport, DeadLetters, EventServer } from '@muster/messaging';
import type { BaseConfig } from '../config/base-config.js';
import { Database } from '../database/database.js';
import { contextMiddleware } from '../http/context.middleware.js';
import { logAs } from '../logs/log-context.js';
import { requestLogMiddleware } from '../logs/request-log.middleware.js';
import { httpMetricsMiddleware } from '../metrics/http-metrics.middleware.js';
import { transportMetrics } from '../metrics/messaging-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { buildDocument } from '../openapi/build-document.js';
import { serveDocs } from '../openapi/serve-docs.js';
import { createHttpQuestions } from '../questions/http-questions.js';
import { INTERNAL, INTERNAL_BODIES, internalMiddleware } from '../questions/questions.middleware.js';
import { rootModule } from './root.module.js';
import type { Runtime, ServiceDefinition } from './service-definition.js';

const BODY_LIMIT = '1mb';
/** JSON under any name, such as that of a merge patch (RFC 7396). */
const JSON_TYPES = ['application/json', 'application/*+json'];

/**
 * Builds a service and initialises it, without listening and without reading events (`startAllMicroservices`). Migrates its
 * schema when the owner's URL is configured. A database that does not answer is waited for in the background; until then
 * requests are answered by `service_unavailable`.
 * @throws when a migration fails, or a handler has neither `@Allow` nor `@Public`
 */
export function createService<C extends BaseConfig>(
  def: ServiceDefinition<C>,
  config: C,
  runtime: Runtime = runtimeOf(def, config),
): Promise<INestApplication> {
  // Timers that are started in here log in the name of the service, also where five of them share a process.
  return logAs({ service: def.name }, async () => {
    const app = await NestFactory.create<NestExpressApplication>(rootModule(def, config, runtime), {
      abortOnError: false,
      bodyParser: false,
      bufferLogs: true,
      forceCloseConnections: false,
    });
    app.useLogger(app.get(PinoLogger));
    try {
      installHttp(app, def, config);
      app
        .get(Metrics)
        .gauge('muster_dead_letters', 'Events that were given up and wait for a replay.', () =>
          app.get(DeadLetters).count(),
        );
      await app.get(Database).start();
      app.connectMicroservice({ strategy: app.get(EventServer) });
      return await app.init();
    } catch (error) {
      app.flushLogs();
      await app.close();
      throw error;
    }
  });
}

function runtimeOf({ name }: ServiceDefinition<never>, config: BaseConfig): Runtime {
  const { events, serviceUrls, serviceTokenSecret } = config;
  const registry = new Registry();
  const metrics = transportMetrics(registry);
  return {
    transport: createKafkaTransport({ ...events, clientId: `muster-${name}`, metrics }),
    questions: createHttpQuestions({ from: name, serviceUrls, serviceTokenSecret }),
    registry,
  };
}

function installHttp(app: NestExpressApplication, def: ServiceDefinition<never>, config: BaseConfig): void {
  app.disable('x-powered-by');
  // Entity tags are versions of records here, not hashes of answers.
  app.disable('etag');
  app.set('trust proxy', config.trustedProxies ?? false);
  app.use(contextMiddleware(def.name), requestLogMiddleware(), httpMetricsMiddleware(app.get(Metrics)));
  app.use(INTERNAL, internalMiddleware(config.serviceTokenSecret));
  app.useBodyParser('json', INTERNAL_BODIES);
  app.useBodyParser('json', { limit: BODY_LIMIT, type: JSON_TYPES });
  app.useBodyParser('urlencoded', { limit: BODY_LIMIT, extended: false });
  serveDocs(app.getHttpAdapter().getInstance(), () => buildDocument(app, def));
}
