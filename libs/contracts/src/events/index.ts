export * from './users.js';
export * from './access-links.js';
export * from './records.js';
export * from './imports.js';
export * from './import-chunks.js';
export * from './restore-points.js';

import { accessLinkRequested, accessLinkSettled } from './access-links.js';
import { importChunkAnswered, importChunkOrdered } from './import-chunks.js';
import { importFinished, importRestorePointRequested } from './imports.js';
import { recordsChanged } from './records.js';
import { restorePointMarked, restorePointReady, restorePointRequested } from './restore-points.js';
import {
  companyDeleted,
  userActivated,
  userCreated,
  userDeactivated,
  userDeleted,
  userScheduleRemoved,
  userUpdated,
} from './users.js';
import type { EventContract } from '../event.js';

/** Every event type there is; the AsyncAPI document and the topics are made from it. */
export const EVENTS: readonly EventContract[] = [
  userCreated,
  userUpdated,
  userDeactivated,
  userActivated,
  userScheduleRemoved,
  userDeleted,
  companyDeleted,
  accessLinkRequested,
  accessLinkSettled,
  recordsChanged,
  importRestorePointRequested,
  importFinished,
  importChunkOrdered,
  importChunkAnswered,
  restorePointRequested,
  restorePointMarked,
  restorePointReady,
];
