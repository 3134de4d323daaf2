import type { ServiceDefinition } from '@muster/platform';
import { FIELD_DATA_DATABASE } from './database.js';
import { FieldDataModule } from './field-data.module.js';

export const FIELD_DATA: ServiceDefinition = {
  name: 'field-data',
  title: 'Field data',
  description: 'The records of the reps.',
  database: FIELD_DATA_DATABASE,
  module: () => FieldDataModule,
};
