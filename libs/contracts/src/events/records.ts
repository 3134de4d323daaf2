import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

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
  }),
  key: (companyId, data) => `${companyId}/${data.repId}`,
  subject: (data) => data.repId,
});
