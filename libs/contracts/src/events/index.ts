export * from './users.js';
export * from './access-links.js';
export * from './records.js';
export * from './imports.js';
export * from './import-chunks.js';
export * from './import-absentees.js';
export * from './restore-points.js';

import { accessLinkRequested, accessLinkSettled } from './access-links.js';
import { importAbsenteesAnswered, importAbsenteesOrdered } from './import-absentees.js';
import { importChunkAnswered, importChunkOrdered } from './import-chunks.js';
import {
  importAwaitsApproval,
  importFinished,
  importHeld,
  importOverdue,
  importPaused,
  importRestorePointRequested,
} from './imports.js';
import { recordsChanged, recordsRemoved, recordsTransferred } from './records.js';
import { restorePointMarked, restorePointReady, restorePointRequested, restorePointTaken } from './restore-points.js';
import {
  companyDeleted,
  userActivated,
  userCreated,
  userDeactivated,
  userDeleted,
  userScheduleRemoved,
  userTransferOrdered,
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
  userTransferOrdered,
  userDeleted,
  companyDeleted,
  accessLinkRequested,
  accessLinkSettled,
  recordsChanged,
  recordsRemoved,
  recordsTransferred,
  importRestorePointRequested,
  importAwaitsApproval,
  importHeld,
  importPaused,
  importFinished,
  importOverdue,
  importChunkOrdered,
  importChunkAnswered,
  importAbsenteesOrdered,
  importAbsenteesAnswered,
  restorePointRequested,
  restorePointTaken,
  restorePointMarked,
  restorePointReady,
];
