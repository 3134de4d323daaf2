import process from 'node:process';
import { baseConfigShape, readConfig, type BaseConfig } from '@muster/platform';

export type RestorePointConfig = BaseConfig;

export function readRestorePointConfig(): RestorePointConfig {
  return readConfig(baseConfigShape, process.env);
}
