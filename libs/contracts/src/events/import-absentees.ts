import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

export const importAbsenteesOrdered = defineEvent({
  type: 'import-absentees.ordered.v1',
  topic: TOPICS.importRows,
  source: ['import'],
  description:
    'Every row of a sync was answered: what stands in none of its chunks, and was there at the restore point, is to go. ' +
    'Accounts are deactivated.',
  data: z.object({
    importId: id,
    entity: z.string(),
    restorePointId: id,
    /** As many as the plan foresaw; where there are more, none of them goes. */
    most: z.int().nonnegative(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importAbsenteesAnswered = defineEvent({
  type: 'import-absentees.answered.v1',
  topic: TOPICS.importResults,
  source: ['user-admin'],
  description: 'What became of those who are absent from the file of a sync.',
  data: z.object({
    importId: id,
    deactivated: z.int().nonnegative(),
    /** The last administrator stays. */
    passedOver: z.array(z.object({ recordId: id, code: z.string() })),
    /** None of them was touched. */
    withheld: z.enum(['more_than_planned', 'restore_point_void']).exactOptional(),
  }),
  key: (_companyId, data) => data.importId,
  subject: (data) => data.importId,
});
