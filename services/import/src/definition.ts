import type { ServiceDefinition } from '@muster/platform';
import type { ImportConfig } from './config.js';
import { IMPORT_DATABASE } from './database.js';
import { ImportModule } from './import.module.js';

export const IMPORT: ServiceDefinition<ImportConfig> = {
  name: 'import',
  title: 'Imports',
  description: 'Uploads, configurations, assignment to reps, plan, run and results.',
  database: IMPORT_DATABASE,
  module: (config) => ImportModule.register(config),
};
