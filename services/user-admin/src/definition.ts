import type { ServiceDefinition } from '@muster/platform';
import type { UserAdminConfig } from './config.js';
import { USER_ADMIN_DATABASE } from './database.js';
import { UserAdminModule } from './user-admin.module.js';

export const USER_ADMIN: ServiceDefinition<UserAdminConfig> = {
  name: 'user-admin',
  title: 'User administration',
  description: 'Companies, user accounts, sign-in and API keys.',
  database: USER_ADMIN_DATABASE,
  module: () => UserAdminModule,
};
