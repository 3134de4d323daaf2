import type { ServiceDefinition } from '@muster/platform';
import { RESTORE_POINT_DATABASE } from './database.js';
import { RestorePointModule } from './restore-point.module.js';

export const RESTORE_POINT: ServiceDefinition = {
  name: 'restore-point',
  title: 'Restore points',
  description: 'The catalogue of restore points: states of a company to which it can go back.',
  database: RESTORE_POINT_DATABASE,
  module: () => RestorePointModule,
};
