import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';
import { ownerOfEntity } from './import-chunks.js';

export const importAbsenteesOrdered = defineEvent({
  type: 'import-absentees.ordered.v1',
  topic: TOPICS.importRows,
  source: ['import'],
  description:
    'Every row of a sync was answered. In a plan (dryRun) the owner notes who stands in none of its chunks, of one rep where they are records. ' +
    'In a run those go who were noted, were there at the restore point and stand in none of its chunks: accounts are deactivated, records go to ' +
    'the recycle bin. One order is one step; the import sends it again for as long as there is more, and until it is answered.',
  data: z.object({
    importId: id,
    entity: z.string(),
    /** The plan under which they are noted. Without one nobody is noted, and nobody goes. */
    planId: id.exactOptional(),
    /** Whose records; null and left out: what is imported belongs to the company itself. */
    repId: id.nullable().exactOptional(),
    /** They are noted, and nobody goes. */
    dryRun: z.literal(true).exactOptional(),
    /** null in a dry run. */
    restorePointId: id.nullable(),
    /** As many as the plan foresaw; where more are noted, none of them goes. */
    most: z.int().nonnegative(),
    /** Rows of other reps may stand for a record of this one: they copy or move it. */
    acrossReps: z.literal(true).exactOptional(),
  }),
  key: (companyId, { repId = null }) => (repId === null ? companyId : `${companyId}/${repId}`),
  subject: (data) => data.importId,
  audience: ({ entity }) => ownerOfEntity(entity),
});

export const importAbsenteesAnswered = defineEvent({
  type: 'import-absentees.answered.v1',
  topic: TOPICS.importResults,
  source: ['user-admin', 'field-data'],
  description:
    'How many are absent from the file of a sync, or what became of them so far; of one rep where they are records.',
  data: z.object({
    importId: id,
    planId: id.exactOptional(),
    repId: id.nullable().exactOptional(),
    dryRun: z.literal(true).exactOptional(),
    /** Of a plan: how many are absent. */
    planned: z.int().nonnegative().exactOptional(),
    /** Of a plan: how many there are, absent or not: active accounts, or records of the rep. */
    base: z.int().nonnegative().exactOptional(),
    /** Accounts, in all orders of the run. */
    deactivated: z.int().nonnegative(),
    /** Records, in all orders of the run. */
    removed: z.int().nonnegative().exactOptional(),
    /** The last administrator stays. */
    passedOver: z.array(z.object({ recordId: id, code: z.string() })),
    /** Another step is to be ordered. */
    more: z.literal(true).exactOptional(),
    /** None of them was touched. */
    withheld: z.enum(['more_than_planned', 'restore_point_void']).exactOptional(),
  }),
  key: (_companyId, data) => data.importId,
  subject: (data) => data.importId,
});
