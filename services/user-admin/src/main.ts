import { startService } from '@muster/platform';
import { userAdminConfig } from './config.js';
import { USER_ADMIN } from './definition.js';

await startService(USER_ADMIN, userAdminConfig());
