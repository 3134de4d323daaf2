import process from 'node:process';
import { baseConfigShape, readConfig, type BaseConfig } from '@muster/platform';

export type FieldDataConfig = BaseConfig;

export function readFieldDataConfig(): FieldDataConfig {
  return readConfig(baseConfigShape, process.env);
}
