import { z } from 'zod';
import { defineEvent, type EventContract } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

/** Version of the account; a consumer ignores an event older than what it knows. */
const version = z.int().positive();

/**
 * Events about all accounts of a company follow each other in order: what is to become of the records of one is about those
 * of another too. Records of A go to B, those of B to C, B loses its schedule, and is deleted.
 */
function userEvent<Data extends { userId: string }>(
  contract: Pick<EventContract<Data>, 'type' | 'description' | 'data'>,
): EventContract<Data> {
  return defineEvent({
    ...contract,
    topic: TOPICS.users,
    source: ['user-admin'],
    key: (companyId) => companyId,
    subject: (data) => data.userId,
  });
}

export const userCreated = userEvent({
  type: 'user.created.v1',
  description: 'A user account was created. Released when the unit of work that created it has committed.',
  data: z.object({
    userId: id,
    version,
    kind: z.enum(['staff', 'portal', 'person']),
    hasOwnSchedule: z.boolean(),
    employeeNumber: z.string().nullable(),
  }),
});

export const userUpdated = userEvent({
  type: 'user.updated.v1',
  description: 'Fields of a user account changed, other than whether it is active.',
  data: z.object({
    userId: id,
    version,
    /** Ids of the fields, `home.street`; their values are not in events. */
    changed: z.array(z.string()),
    hasOwnSchedule: z.boolean(),
    employeeNumber: z.string().nullable(),
  }),
});

export const userDeactivated = userEvent({
  type: 'user.deactivated.v1',
  description: 'A user account was deactivated: nobody can sign in with it; its data stays.',
  data: z.object({ userId: id, version }),
});

export const userActivated = userEvent({
  type: 'user.activated.v1',
  description: 'A deactivated user account is active again.',
  data: z.object({ userId: id, version }),
});

export const userScheduleRemoved = userEvent({
  type: 'user.schedule-removed.v1',
  description:
    'A user account lost its own schedule, as was confirmed: its customers, appointments, tasks and reports are to be removed.',
  data: z.object({
    userId: id,
    version,
    /** The point that was taken before, to which a restore can go back; the owner of the records holds its mark first. */
    restorePointId: id.exactOptional(),
  }),
});

export const userTransferOrdered = userEvent({
  type: 'user.transfer-ordered.v1',
  description:
    'An administrator has the records of an account transferred to another rep of the company. The owner of the records moves them in ' +
    'steps and tells of each by `records.transferred.v1`.',
  data: z.object({
    transferId: id,
    /** Whose records they are until then. */
    userId: id,
    toUserId: id,
    /** The kinds of records that go; null: all there are. */
    entities: z.array(z.string()).min(1).nullable(),
    /** The point that was taken before; the owner of the records holds its mark first. */
    restorePointId: id,
  }),
});

export const userDeleted = userEvent({
  type: 'user.deleted.v1',
  description: 'A user account was deleted; nothing is kept of it but its id. It never comes back.',
  data: z.object({
    userId: id,
    version,
    /** Its customers, appointments, tasks and reports are to be removed with it, whatever they are. */
    discardData: z.boolean(),
    /** They were downloaded, and are to be removed if this is still their digest, see `records-of-rep`. */
    downloadedDigest: z.string().exactOptional(),
  }),
});

export const companyDeleted = defineEvent({
  type: 'company.deleted.v1',
  topic: TOPICS.users,
  source: ['user-admin'],
  description: 'An operator deleted a company: nobody of it can sign in any more, and its data is no longer needed.',
  data: z.object({ companyId: id }),
  key: (companyId) => companyId,
  subject: (data) => data.companyId,
});
