import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { Registry } from 'prom-client';
import { SERVICES, type ServiceName } from '@muster/contracts';
import { createEmbeddedTransport, createKafkaTransport, type EventTransport } from '@muster/messaging';
import {
  closeServer,
  createInProcessQuestions,
  createService,
  startMetricsServer,
  transportMetrics,
  type Runtime,
} from '@muster/platform';
import type { StandaloneConfig } from './config.js';
import { prepareDatabase, type PreparedDatabase } from './database.js';
import { DEFINITIONS, type AnyConfig } from './definitions.js';
import { frontDoor } from './front-door.js';

export interface Standalone {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  readonly database: PreparedDatabase;
  /** Finishes what is in hand, then stops everything in the order that loses nothing. */
  stop(): Promise<void>;
}

/** Starts all services in this process behind one port; database and event log are embedded unless configured otherwise. */
export async function startStandalone(config: StandaloneConfig): Promise<Standalone> {
  const database = await prepareDatabase(config.dataFolder, config.databaseUrl);
  const registry = new Registry();
  const transport = transportOf(config, database, registry);
  const runtime: Runtime = { transport, questions: createInProcessQuestions(), registry };
  await transport.start();
  const apps = new Map<ServiceName, INestApplication>();
  for (const name of SERVICES) {
    apps.set(name, await createService(DEFINITIONS[name], serviceConfig(config, name, database), runtime));
  }
  // Every service answers questions before the first event or request comes in.
  for (const app of apps.values()) await app.init();
  for (const app of apps.values()) await app.startAllMicroservices();
  const server = createServer(await frontDoor(apps));
  const port = await listen(server, config.port, config.host);
  const metrics = await startMetricsServer(registry, config.metricsPort, config.host);
  const stop = async () => {
    await closeServer(server);
    for (const app of [...apps.values()].reverse()) await app.close();
    await transport.stop();
    await metrics.stop();
    await database.stop();
  };
  return { url: `http://${config.host}:${port}`, database, stop };
}

function transportOf(config: StandaloneConfig, database: PreparedDatabase, registry: Registry): EventTransport {
  if (!config.kafkaBrokers) return createEmbeddedTransport({ url: database.eventLogUrl });
  const brokers = config.kafkaBrokers.split(',').map((broker) => broker.trim());
  const metrics = transportMetrics(registry);
  return createKafkaTransport({
    brokers,
    clientId: 'muster-standalone',
    topicPrefix: config.kafkaTopicPrefix,
    metrics,
  });
}

function serviceConfig(config: StandaloneConfig, name: ServiceName, { urls }: PreparedDatabase): AnyConfig {
  const { url, ownerUrl } = urls[name];
  const nowhere = Object.fromEntries(SERVICES.map((service) => [service, ''])) as Record<ServiceName, string>;
  return {
    databaseUrl: url,
    databaseOwnerUrl: ownerUrl,
    databasePoolSize: 10,
    host: config.host,
    port: config.port,
    metricsPort: config.metricsPort,
    logLevel: config.logLevel,
    // Questions are asked by a call here; nothing accepts this secret.
    serviceTokenSecret: randomBytes(32).toString('hex'),
    issuer: 'muster',
    events: { kind: 'kafka', brokers: [], topicPrefix: config.kafkaTopicPrefix },
    trustedProxies: config.trustedProxies,
    serviceUrls: nowhere,
    outboundTo: config.outboundTo,
    filesFolder: join(config.dataFolder, 'files'),
    // Nobody delivers access links yet; whoever tries Muster finds them there.
    linkDelivery: 'file',
    linkFolder: join(config.dataFolder, 'outbox'),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
