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

/** Changes of accounts before which user-admin takes a point by itself: it waits for nobody, being the first owner. */
export const OWN_POINT_OCCASIONS = ['schedule-removal', 'transfer', 'mass-change'] as const;
export type OwnPointOccasion = (typeof OWN_POINT_OCCASIONS)[number];

export const restorePointTaken = defineEvent({
  type: 'restore-point.taken.v1',
  topic: TOPICS.restorePoints,
  source: ['user-admin'],
  description:
    'user-admin took a restore point in the unit of work of the change that it is for, and says next that it holds its mark. ' +
    'field-data follows, at the latest in the unit of work in which it changes records because of the same.',
  data: z.object({
    restorePointId: id,
    occasion: z.enum(OWN_POINT_OCCASIONS),
    /** For people. */
    name: z.string(),
    /** The account that the change is about, when it is about one. */
    userId: id.exactOptional(),
  }),
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
  data: z.object({
    restorePointId: id,
    importId: id.nullable(),
    /** Of the import, as in its request; absent when the request did not say so, or when the point came to be ready. */
    run: z.int().positive().exactOptional(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.restorePointId,
});
