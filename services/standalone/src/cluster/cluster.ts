import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@muster/contracts';
import { freePort } from '@muster/persistence';
import { startKafka, type LocalKafka } from '@muster/testing';
import { prepareDatabase, type PreparedDatabase } from '../database.js';
import { startGateway } from './gateway.js';
import { ServiceProcess } from './service-process.js';

/** Keeps the import service below 256 MB whatever the size of the file; see docs/operations.md. */
const SMALL = ['--max-old-space-size=128', '--max-semi-space-size=8'];

export interface ClusterOptions {
  /** Keeps the embedded database, Kafka's log and uploaded files. */
  readonly folder: string;
  /** Of the gateway; 0: any free one. */
  readonly port: number;
  readonly logLevel?: string;
  /** PostgreSQL that runs already, a role that may create roles; without it one runs embedded. */
  readonly databaseUrl?: string;
  /** Kafka that runs already; without it one is started in the folder. */
  readonly kafkaBrokers?: readonly string[];
  readonly topicPrefix?: string;
  /** Of consumers; preset as in the services. */
  readonly sessionSeconds?: number;
}

export interface Cluster {
  /** Of the gateway, without a slash at the end. */
  readonly url: string;
  readonly database: PreparedDatabase;
  readonly services: Readonly<Record<ServiceName, ServiceProcess>>;
  /** undefined when a running Kafka was given. */
  readonly kafka: LocalKafka | undefined;
  stop(): Promise<void>;
}

/** The five services as processes of their own, as a platform runs them, on this machine: real Kafka, one schema and role each. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, topicPrefix = '' } = options;
  const [database, kafka] = await Promise.all([
    prepareDatabase(folder, options.databaseUrl),
    options.kafkaBrokers ? undefined : startKafka({ folder: join(folder, 'kafka') }),
  ]);
  const brokers = options.kafkaBrokers ?? kafka?.brokers ?? [];
  const addresses = await addressesOf(SERVICES);
  const shared = {
    KAFKA_BROKERS: brokers.join(','),
    KAFKA_TOPIC_PREFIX: topicPrefix,
    ...(options.sessionSeconds !== undefined && { KAFKA_SESSION_SECONDS: String(options.sessionSeconds) }),
    SERVICE_TOKEN_SECRET: randomBytes(32).toString('hex'),
    LOG_LEVEL: options.logLevel ?? 'info',
    HOST: '127.0.0.1',
    TRUSTED_PROXIES: 'loopback',
    FILES_FOLDER: join(folder, 'files'),
    // glibc keeps an arena per thread otherwise, with what zlib freed in it.
    MALLOC_ARENA_MAX: '1',
    ...Object.fromEntries(SERVICES.map((name) => [`${variable(name)}_URL`, addresses[name].url])),
  };
  const services = Object.fromEntries(
    SERVICES.map((name) => {
      const { url: DATABASE_URL, ownerUrl: DATABASE_OWNER_URL } = database.urls[name];
      const { port, metricsPort, url } = addresses[name];
      const own = { DATABASE_URL, DATABASE_OWNER_URL, PORT: String(port), METRICS_PORT: String(metricsPort) };
      return [name, new ServiceProcess(name, url, { ...shared, ...own }, name === 'import' ? SMALL : [])];
    }),
  ) as Record<ServiceName, ServiceProcess>;
  await Promise.all(SERVICES.map((name) => services[name].start()));
  const gateway = await startGateway(options.port, (name) => addresses[name].port);
  const stop = async () => {
    await gateway.stop();
    await Promise.all(SERVICES.map((name) => services[name].stop()));
    await kafka?.stop();
    await database.stop();
  };
  return { url: gateway.url, database, services, kafka, stop };
}

interface Address {
  readonly port: number;
  readonly metricsPort: number;
  readonly url: string;
}

async function addressesOf(names: readonly ServiceName[]): Promise<Record<ServiceName, Address>> {
  const entries = names.map(async (name): Promise<[ServiceName, Address]> => {
    const [port, metricsPort] = [await freePort(), await freePort()];
    return [name, { port, metricsPort, url: `http://127.0.0.1:${port}` }];
  });
  return Object.fromEntries(await Promise.all(entries)) as Record<ServiceName, Address>;
}

function variable(name: ServiceName): string {
  return name.toUpperCase().replaceAll('-', '_');
}
