import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SERVICES, type ServiceName } from '@muster/contracts';
import type { BaseConfig } from '../config/base-config.js';
import { rootModule } from '../service/root.module.js';
import type { Runtime, ServiceDefinition } from '../service/service-definition.js';
import { buildDocument } from './build-document.js';

/** Nothing is connected to in a preview. */
const NOWHERE: BaseConfig = {
  databaseUrl: 'postgres://localhost/none',
  databasePoolSize: 1,
  host: 'localhost',
  port: 0,
  metricsPort: 0,
  logLevel: 'silent',
  serviceTokenSecret: '',
  issuer: 'muster',
  events: { kind: 'kafka', brokers: [], topicPrefix: '' },
  serviceUrls: Object.fromEntries(SERVICES.map((service) => [service, ''])) as Record<ServiceName, string>,
};

/**
 * The OpenAPI 3.1 document of a service, without database, broker or port. Complete on the built output only: summaries
 * and schemas of DTOs come from the compiler plugin.
 * @param config for a service whose module looks at its configuration while it is put together
 */
export async function openApiDocument<C extends BaseConfig>(
  def: ServiceDefinition<C>,
  config: C = NOWHERE as C,
): Promise<OpenAPIObject> {
  const app = await NestFactory.create(rootModule(def, config, NO_RUNTIME), {
    preview: true,
    abortOnError: false,
    logger: false,
  });
  return buildDocument(app, def);
}

const inPreview = () => Promise.reject(new Error('This is a preview'));

const NO_RUNTIME: Runtime = {
  transport: { publish: inPreview, consume: inPreview, start: inPreview, stop: inPreview },
  questions: { connect: () => undefined, ask: inPreview },
};
