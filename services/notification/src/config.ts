import process from 'node:process';
import { baseConfigShape, readConfig, type BaseConfig } from '@muster/platform';

export type NotificationConfig = BaseConfig;

export function readNotificationConfig(): NotificationConfig {
  return readConfig(baseConfigShape, process.env);
}
