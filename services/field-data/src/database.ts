import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { Customer } from './customers/customer.entity.js';
import { ChunkResult } from './import-chunks/chunk-result.entity.js';
import { Deletion1764000000060 } from './migrations/1764000000060-deletion.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';

export const FIELD_DATA_DATABASE: ServiceDatabase = {
  service: 'field-data',
  entities: [Customer, ChunkResult, ...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES],
  migrations: [Foundation1764000000000, Deletion1764000000060],
};
