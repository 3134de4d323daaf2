import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

export const keptRecords = defineQuestion({
  name: 'kept-records',
  answeredBy: 'field-data',
  description: 'Which records did a transfer leave where they were, for the other rep has one of their external id?',
  request: z.object({
    companyId: id,
    transferId: id,
    /** The last record of the page before. */
    after: id.nullable(),
    limit: z.int().positive().max(1_000),
  }),
  answer: z.object({
    /** In the order of their ids. */
    items: z.array(
      z.object({
        entity: z.string(),
        recordId: id,
        externalId: z.string(),
        /** The record of the other rep. */
        heldBy: id,
      }),
    ),
  }),
});
