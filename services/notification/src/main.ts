import { startService } from '@muster/platform';
import { readNotificationConfig } from './config.js';
import { NOTIFICATION } from './definition.js';

await startService(NOTIFICATION, readNotificationConfig());
