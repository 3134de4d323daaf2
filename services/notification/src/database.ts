import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { Notification } from './notifications/notification.entity.js';

export const NOTIFICATION_DATABASE: ServiceDatabase = {
  service: 'notification',
  entities: [Notification, ...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES],
  migrations: [Foundation1764000000000],
};
