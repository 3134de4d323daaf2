import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

/** The services whose tables have change logs. Accounts are marked first. */
export const RESTORE_POINT_OWNERS = ['user-admin', 'field-data'] as const;
export type RestorePointOwner = (typeof RESTORE_POINT_OWNERS)[number];

export const restorePointRequested = defineEvent({
  type: 'restore-point.requested.v1',
  topic: TOPICS.restorePoints,
  source: ['restore-point'],
  description: 'A restore point is to be made: user-admin sets its mark, then field-data.',
  data: z.object({ restorePointId: id }),
  key: (companyId) => companyId,
  subject: (data) => data.restorePointId,
});

export const restorePointMarked = defineEvent({
  type: 'restore-point.marked.v1',
  topic: TOPICS.restorePoints,
  source: ['user-admin', 'field-data'],
  description: 'An owner holds its mark. field-data sets its own when it sees that of user-admin.',
  data: z.object({ restorePointId: id, owner: z.enum(RESTORE_POINT_OWNERS) }),
  key: (companyId) => companyId,
  subject: (data) => data.restorePointId,
});

export const restorePointReady = defineEvent({
  type: 'restore-point.ready.v1',
  topic: TOPICS.restorePoints,
  source: ['restore-point'],
  description: 'Every owner holds its mark; the import that asked for the point may write.',
  data: z.object({ restorePointId: id, importId: id.nullable() }),
  key: (companyId) => companyId,
  subject: (data) => data.restorePointId,
});
