import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

/** The kinds of records that a rep has. */
export const RECORD_ENTITIES = ['customer', 'appointment', 'task', 'report'] as const;

export const recordsChanged = defineEvent({
  type: 'records.changed.v1',
  topic: TOPICS.records,
  source: ['field-data'],
  description: 'One unit of work changed records of one rep: a chunk of an import, a request, a step of a restore.',
  data: z.object({
    entity: z.string(),
    repId: id,
    created: z.array(id),
    updated: z.array(id),
    removed: z.array(id),
    /** The rep whose they are now: they were transferred, and are not gone. */
    movedTo: id.exactOptional(),
    /** The rep whose they were before: `created` are not new, but were transferred. */
    movedFrom: id.exactOptional(),
  }),
  key: (companyId, data) => `${companyId}/${data.repId}`,
  subject: (data) => data.repId,
});

export const recordsRemoved = defineEvent({
  type: 'records.removed.v1',
  topic: TOPICS.records,
  source: ['field-data'],
  description:
    'All records of a rep that lost its own schedule are removed, past the recycle bin. Comes once, after the last ' +
    '`records.changed.v1` about them.',
  data: z.object({
    repId: id,
    /** To which a restore can go back. */
    restorePointId: id.exactOptional(),
    /** Entities without one are left out. */
    counts: z.array(z.object({ entity: z.string(), count: z.int().positive() })),
  }),
  key: (companyId, data) => `${companyId}/${data.repId}`,
  subject: (data) => data.repId,
});

/** Why a transfer ended before its end: its target is no rep any more; or it failed again and again. */
export const TRANSFER_FAILURES = ['target_gone', 'unexpected_error'] as const;
export type TransferFailure = (typeof TRANSFER_FAILURES)[number];

export const recordsTransferred = defineEvent({
  type: 'records.transferred.v1',
  topic: TOPICS.records,
  source: ['field-data'],
  description:
    'A transfer of records got on, or came to its end; the figures are those since its beginning. Of one transfer they come in order.',
  data: z.object({
    transferId: id,
    /** Whose the records were. */
    repId: id,
    toRepId: id,
    state: z.enum(['running', 'completed', 'failed']),
    failure: z.enum(TRANSFER_FAILURES).exactOptional(),
    counts: z.array(
      z.object({
        entity: z.string(),
        moved: z.int().nonnegative(),
        /** They stay: the other rep has a record of their external id. */
        kept: z.int().nonnegative(),
      }),
    ),
  }),
  key: (companyId, data) => `${companyId}/${data.repId}`,
  subject: (data) => data.transferId,
});
