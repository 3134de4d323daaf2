import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { COMPANY_DELETION_ENTITIES, IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { CompanyDeletion1764000000075 } from './migrations/1764000000075-company-deletion.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { OwnPoints1764000000070 } from './migrations/1764000000070-own-points.js';
import { RestorePoint } from './restore-points/restore-point.entity.js';

export const RESTORE_POINT_DATABASE: ServiceDatabase = {
  service: 'restore-point',
  entities: [RestorePoint, ...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES, ...COMPANY_DELETION_ENTITIES],
  migrations: [Foundation1764000000000, OwnPoints1764000000070, CompanyDeletion1764000000075],
};
