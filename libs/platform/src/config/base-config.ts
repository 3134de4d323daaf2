import { isIP } from 'node:net';
import { z } from 'zod';
import { SERVICES, type ServiceName } from '@muster/contracts';

/** What every service is configured with; services extend {@link baseConfigShape} and read it with `readConfig`. */
export interface BaseConfig {
  /** Connection URL of the service's login role. */
  databaseUrl: string;
  /** Connection URL of the schema's owner; when set, the service migrates its schema at its start. */
  databaseOwnerUrl?: string | undefined;
  /** Connections of this process. */
  databasePoolSize: number;
  host: string;
  port: number;
  /** Serves `/metrics` apart from the API. */
  metricsPort: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Shared by the services; signs the tokens that they ask each other with. At least 32 characters. */
  serviceTokenSecret: string;
  /** `iss` of access tokens. */
  issuer: string;
  events: { kind: 'kafka'; brokers: string[]; topicPrefix: string; sessionSeconds?: number };
  /** Proxies whose `X-Forwarded-For` is believed, as Express takes them; none when left out. */
  trustedProxies?: string[] | undefined;
  /** Where the other services answer questions, without a slash at the end. */
  serviceUrls: Record<ServiceName, string>;
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = z.coerce.number().int().min(0).max(65_535);
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' });
const brokers = z
  .string()
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((all) => all.every((broker) => /^[^\s:]+:\d+$/.test(broker)), 'must be a list such as one:9092,two:9092');

function isProxy(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return longest > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest));
}

function serviceUrl(service: ServiceName) {
  return z
    .url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' })
    .transform((url) => url.replace(/\/+$/, ''))
    .default(`http://${service}:3000`);
}

/**
 * Keys are those of {@link BaseConfig}. The environment variable of a key is its name in capitals, `databaseUrl` ->
 * `DATABASE_URL`, unless its schema names another: `.meta({ env: 'KAFKA_BROKERS' })`.
 */
export const baseConfigShape = {
  databaseUrl: postgresUrl,
  databaseOwnerUrl: postgresUrl.optional(),
  databasePoolSize: z.coerce.number().int().min(1).max(200).default(10),
  host: z.string().default('0.0.0.0'),
  port: port.default(3000),
  metricsPort: port.default(9464),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  serviceTokenSecret: z.string().min(32, 'needs at least 32 characters'),
  issuer: z.string().min(1).default('muster'),
  events: z.object({
    kind: z.literal('kafka').default('kafka').meta({ env: 'EVENTS' }),
    brokers: brokers.meta({ env: 'KAFKA_BROKERS' }),
    topicPrefix: z.string().default('').meta({ env: 'KAFKA_TOPIC_PREFIX' }),
    /** Brokers accept 6 to 1,800 by themselves. */
    sessionSeconds: z.coerce.number().int().min(6).max(1_800).default(45).meta({ env: 'KAFKA_SESSION_SECONDS' }),
  }),
  trustedProxies: z
    .string()
    .transform((text) => text.split(',').map((proxy) => proxy.trim()))
    .refine((all) => all.every(isProxy), 'must be a list of addresses, networks, loopback, linklocal or uniquelocal')
    .optional(),
  serviceUrls: z.object({
    'user-admin': serviceUrl('user-admin').meta({ env: 'USER_ADMIN_URL' }),
    'field-data': serviceUrl('field-data').meta({ env: 'FIELD_DATA_URL' }),
    'restore-point': serviceUrl('restore-point').meta({ env: 'RESTORE_POINT_URL' }),
    import: serviceUrl('import').meta({ env: 'IMPORT_URL' }),
    notification: serviceUrl('notification').meta({ env: 'NOTIFICATION_URL' }),
  } satisfies Record<(typeof SERVICES)[number], z.ZodType<string>>),
};
