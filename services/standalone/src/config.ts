import { z } from 'zod';
import { baseConfigShape, LOG_LEVELS, readConfig } from '@muster/platform';

const port = z.coerce.number().int().min(0).max(65_535);

const shape = {
  host: z.string().default('127.0.0.1'),
  port: port.default(3000),
  metricsPort: port.default(9464),
  logLevel: z.enum(LOG_LEVELS).default('info'),
  /** Keeps the embedded database, uploaded files and the operator's key. */
  dataFolder: z.string().min(1).default('.muster/data'),
  /** A role that may create roles and schemas; without it PostgreSQL runs embedded. */
  databaseUrl: z.string().optional(),
  /** With it events go by Kafka instead of the embedded log. */
  kafkaBrokers: z.string().optional(),
  kafkaTopicPrefix: z.string().default(''),
  trustedProxies: baseConfigShape.trustedProxies,
  /** `any` where the issuers of companies may be in one's own network; preset: `public`. */
  outboundTo: z.enum(['public', 'any']).optional(),
};

export type StandaloneConfig = z.output<z.ZodObject<typeof shape>>;

/** The environment of the standalone process. @throws ConfigError naming each wrong variable */
export function standaloneConfig(): StandaloneConfig {
  return readConfig(shape, process.env);
}
