import { baseConfigShape, readConfig, type BaseConfig } from '@muster/platform';

export type UserAdminConfig = BaseConfig;

/** The environment of the service. @throws when a variable is missing or wrong, naming each */
export function userAdminConfig(): UserAdminConfig {
  return readConfig(baseConfigShape, process.env);
}

/** The environment of the command that makes keys for operators. @throws when `DATABASE_URL` is missing or wrong */
export function operatorKeyConfig(): Pick<BaseConfig, 'databaseUrl'> {
  return readConfig({ databaseUrl: baseConfigShape.databaseUrl }, process.env);
}
