import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

/** Records that one answer holds at most. */
export const RECORDS_PER_PAGE = 1_000;

const texts = z.object({ en: z.string(), de: z.string() });
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const recordField = z.object({
  id: z.string(),
  /** How its values are to be read, see `FieldType` in import-model; whoever does not know one takes it for a text. */
  type: z.string(),
  label: texts,
});
export type RecordField = z.infer<typeof recordField>;

export const recordEntities = defineQuestion({
  name: 'record-entities',
  answeredBy: 'field-data',
  description: 'What kinds of records are there in this company, and what fields have they?',
  request: z.object({ companyId: id }),
  answer: z.object({
    entities: z.array(
      z.object({
        /** `customer` */
        entity: z.string(),
        /** Of several records. */
        label: texts,
        /** In the order in which people see them, the id among them. */
        fields: z.array(recordField),
      }),
    ),
  }),
});

export const recordsPageOfRep = defineQuestion({
  name: 'records-page-of-rep',
  answeredBy: 'field-data',
  description: 'The next records of one kind of a rep, those in the recycle bin among them, in the order of their ids.',
  request: z.object({
    companyId: id,
    repId: id,
    entity: z.string(),
    /** Ids of fields. */
    fields: z.array(z.string()).min(1).max(1_000),
    /** `nextAfter` of the answer before; null: from the beginning. */
    after: id.nullable(),
    limit: z.int().min(1).max(RECORDS_PER_PAGE),
  }),
  answer: z.object({
    rows: z.array(
      z.object({
        /** In the recycle bin. */
        binned: z.boolean(),
        /** Canonical, one for each of the fields that were asked for. */
        values: z.array(value),
      }),
    ),
    /** null: these were the last. */
    nextAfter: id.nullable(),
  }),
});
