import type { ServiceName } from '@muster/contracts';
import type { ServiceDefinition } from '@muster/platform';
import { FIELD_DATA } from '../../field-data/src/definition.js';
import { IMPORT } from '../../import/src/definition.js';
import type { ImportConfig } from '../../import/src/config.js';
import { NOTIFICATION } from '../../notification/src/definition.js';
import { RESTORE_POINT } from '../../restore-point/src/definition.js';
import type { UserAdminConfig } from '../../user-admin/src/config.js';
import { USER_ADMIN } from '../../user-admin/src/definition.js';

/** What the services of one process need between them. */
export type AnyConfig = ImportConfig & UserAdminConfig;

/** All services, in the order in which they are started. */
export const DEFINITIONS: Record<ServiceName, ServiceDefinition<AnyConfig>> = {
  'user-admin': USER_ADMIN,
  'field-data': FIELD_DATA,
  'restore-point': RESTORE_POINT,
  import: IMPORT,
  notification: NOTIFICATION,
};
