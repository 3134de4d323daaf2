import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

export const userCreated = defineEvent({
  type: 'user.created.v1',
  topic: TOPICS.users,
  source: ['user-admin'],
  description: 'A user account was created. Released when the unit of work that created it has committed.',
  data: z.object({
    userId: id,
    /** Version of the account; a consumer ignores an event older than what it knows. */
    version: z.int().positive(),
    kind: z.enum(['staff', 'portal', 'person']),
    hasOwnSchedule: z.boolean(),
    employeeNumber: z.string().nullable(),
  }),
  key: (companyId, data) => `${companyId}/${data.userId}`,
  subject: (data) => data.userId,
});
