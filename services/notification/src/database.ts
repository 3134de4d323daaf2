import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { COMPANY_DELETION_ENTITIES, IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { CompanyDeletion1764000000070 } from './migrations/1764000000070-company-deletion.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { Notification } from './notifications/notification.entity.js';

export const NOTIFICATION_DATABASE: ServiceDatabase = {
  service: 'notification',
  entities: [Notification, ...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES, ...COMPANY_DELETION_ENTITIES],
  migrations: [Foundation1764000000000, CompanyDeletion1764000000070],
};
