import { z } from 'zod';
import { readConfig } from '@muster/platform';

const shape = {
  /** A role that may create roles and schemas; its database is the one provisioned. */
  adminDatabaseUrl: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' }),
  /** The password that all roles of the services get. */
  rolePassword: z.string().min(12, 'needs at least 12 characters'),
};

/** The environment of the provision command. @throws ConfigError naming each wrong variable */
export function provisionConfig(): z.output<z.ZodObject<typeof shape>> {
  return readConfig(shape, process.env);
}
