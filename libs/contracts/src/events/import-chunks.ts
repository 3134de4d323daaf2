import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

export const IMPORT_MODES = ['create', 'update', 'upsert'] as const;
/** What a row's cell became: its canonical value, or null for an empty cell. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** How one mapped field is written; the order of columns is the order of values in each row. */
export const chunkColumn = z.object({
  field: z.string(),
  behaviour: z.enum(['overwrite', 'keep', 'key']),
  emptyCell: z.enum(['keep', 'clear', 'default']),
});

export const importChunkOrdered = defineEvent({
  type: 'import-chunk.ordered.v1',
  topic: TOPICS.importRows,
  source: ['import'],
  description:
    'A work order: up to 500 rows of one rep. The owner plans them (dryRun) or applies them in one transaction, and answers. ' +
    '(importId, seq) names a chunk for ever; the owner answers a repeat with the stored answer.',
  data: z.object({
    importId: id,
    seq: z.int().nonnegative(),
    entity: z.string(),
    dryRun: z.boolean(),
    /** The point whose mark the owner must hold before it writes; null in a dry run. */
    restorePointId: id.nullable(),
    repId: id,
    mode: z.enum(IMPORT_MODES),
    columns: z.array(chunkColumn).min(1),
    /** `[row number in the file, value, value, ...]`, values in the order of `columns`. */
    rows: z.array(z.tuple([z.int().positive()], cell)).max(500),
  }),
  key: (companyId, data) => `${companyId}/${data.repId}`,
  subject: (data) => `${data.importId}/${data.seq}`,
});

export const ROW_OUTCOMES = ['created', 'updated', 'unchanged', 'ignored', 'invalid', 'failed'] as const;
export type RowOutcome = (typeof ROW_OUTCOMES)[number];

/** Why a row is not as wished, or a warning about it; the text is made from the code when somebody reads it. */
export const rowProblem = z.object({
  code: z.string(),
  /** Target field. */
  field: z.string().optional(),
  /** Column of the file. */
  column: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type RowProblem = z.infer<typeof rowProblem>;

export const fieldChange = z.object({ field: z.string(), from: cell, to: cell });
export type FieldChange = z.infer<typeof fieldChange>;

export const rowAnswer = z.object({
  row: z.int().positive(),
  outcome: z.enum(ROW_OUTCOMES),
  recordId: id.optional(),
  problems: z.array(rowProblem).optional(),
  /** What an update changes; a text longer than 500 characters is cut. */
  changes: z.array(fieldChange).optional(),
});
export type RowAnswer = z.infer<typeof rowAnswer>;

export const importChunkAnswered = defineEvent({
  type: 'import-chunk.answered.v1',
  topic: TOPICS.importResults,
  source: ['field-data'],
  description: 'What became of each row of a chunk, or, in a dry run, what would become of it.',
  data: z.object({
    importId: id,
    seq: z.int().nonnegative(),
    dryRun: z.boolean(),
    /** Of the order that is answered; absent in a dry run. */
    restorePointId: id.optional(),
    answers: z.array(rowAnswer),
    /** The owner refuses the whole chunk and wrote nothing: the import stops. */
    refusal: z.enum(['restore_point_void']).optional(),
  }),
  key: (_companyId, data) => data.importId,
  subject: (data) => `${data.importId}/${data.seq}`,
});
