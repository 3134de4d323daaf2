import type { ServiceDefinition } from '@muster/platform';
import { NOTIFICATION_DATABASE } from './database.js';
import { NotificationModule } from './notification.module.js';

export const NOTIFICATION: ServiceDefinition = {
  name: 'notification',
  title: 'Notifications',
  description: 'Tells people what happened: the bell.',
  database: NOTIFICATION_DATABASE,
  module: () => NotificationModule,
};
