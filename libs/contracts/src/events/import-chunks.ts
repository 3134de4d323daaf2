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

/** What an import allows its owner to do, or asks of it; what is left out is not allowed. */
export const chunkOptions = z.object({
  /** Accounts may lose their schedule, and so their records. */
  allowScheduleRemoval: z.boolean().exactOptional(),
  /** Groups that there are not: the row is invalid, or they are made. Preset: refuse. */
  unknownGroups: z.enum(['refuse', 'create']).exactOptional(),
  /** Whoever is created is sent the access link, whatever its row says. */
  notify: z.boolean().exactOptional(),
  /** A key that is missing at the rep is looked up at the company's other reps: the record is copied, or moved. */
  transferMode: z.enum(['copy', 'move']).exactOptional(),
  /** Reports of calls set the last call of their customers, where it is later than the one known. */
  updateLastCalls: z.boolean().exactOptional(),
});
export type ChunkOptions = z.infer<typeof chunkOptions>;

export const importChunkOrdered = defineEvent({
  type: 'import-chunk.ordered.v1',
  topic: TOPICS.importRows,
  source: ['import'],
  description:
    'A work order: up to 500 rows, of one rep where they are records. The owner plans them (dryRun) or applies them in one transaction, and answers. ' +
    '(importId, seq) names a chunk for ever; the owner answers a repeat with the stored answer.',
  data: z.object({
    importId: id,
    seq: z.int().nonnegative(),
    entity: z.string(),
    dryRun: z.boolean(),
    /** The point whose mark the owner must hold before it writes; null in a dry run. */
    restorePointId: id.nullable(),
    /** Whose records they are; null for what belongs to the company itself. */
    repId: id.nullable(),
    mode: z.enum(IMPORT_MODES),
    columns: z.array(chunkColumn).min(1),
    /** `[row number in the file, value, value, ...]`, values in the order of `columns`. */
    rows: z.array(z.tuple([z.int().positive()], cell)).max(500),
    /** Of a sync: rows that were found invalid before, like `rows` but with their keys alone. What they stand for is present. */
    settled: z
      .array(z.tuple([z.int().positive()], cell))
      .max(500)
      .exactOptional(),
    /** Of the plan of a sync: what the rows stand for is noted under it. */
    planId: id.exactOptional(),
    options: chunkOptions.exactOptional(),
    /** The last order of a run: all rows of it that were postponed, together. It has none of its own. */
    last: z.literal(true).exactOptional(),
  }),
  key: (companyId, { repId, dryRun, seq }) => {
    // A plan writes nothing that has an order: the owner may be at several chunks of a company at once.
    const part = repId ?? (dryRun ? seq : null);
    return part === null ? companyId : `${companyId}/${part}`;
  },
  subject: (data) => `${data.importId}/${data.seq}`,
  audience: ({ entity }) => ownerOfEntity(entity),
});

/** Who carries out the orders of an entity: also one that no build knows is somebody's to refuse. */
export function ownerOfEntity(entity: string): 'user-admin' | 'field-data' {
  return entity === 'user' ? 'user-admin' : 'field-data';
}

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

/** What a planned row about an account means to the rules over the whole file; what is left out is nothing. */
export const accountEffects = z.object({
  /** Licences more or less. */
  licences: z.literal([-1, 1]).exactOptional(),
  /** Active administrators more or less. */
  administrators: z.literal([-1, 1]).exactOptional(),
  deactivates: z.literal(true).exactOptional(),
  demotes: z.literal(true).exactOptional(),
  removesSchedule: z.literal(true).exactOptional(),
  /** Unique fields whose values it gives up. */
  gives: z.array(z.string()).exactOptional(),
  /** Values that other accounts have: they are the row's only where those give them up. */
  needs: z.array(z.object({ field: z.string(), heldBy: id })).exactOptional(),
});
export type AccountEffects = z.infer<typeof accountEffects>;

export const rowAnswer = z.object({
  row: z.int().positive(),
  outcome: z.enum(ROW_OUTCOMES),
  recordId: id.optional(),
  problems: z.array(rowProblem).optional(),
  /** What an update changes; a text longer than 500 characters is cut. */
  changes: z.array(fieldChange).optional(),
  /** Of a plan of accounts. */
  effects: accountEffects.exactOptional(),
});
export type RowAnswer = z.infer<typeof rowAnswer>;

export const importChunkAnswered = defineEvent({
  type: 'import-chunk.answered.v1',
  topic: TOPICS.importResults,
  source: ['field-data', 'user-admin'],
  description: 'What became of each row of a chunk, or, in a dry run, what would become of it.',
  data: z.object({
    importId: id,
    seq: z.int().nonnegative(),
    dryRun: z.boolean(),
    /** Of the order that is answered; absent in a dry run. */
    restorePointId: id.optional(),
    answers: z.array(rowAnswer),
    /**
     * Rows without an answer: they need a value, a licence or an administrator that other rows of the file may give. The last
     * order decides them; their chunks are answered again then, with all of their rows.
     */
    postponed: z.array(z.int().positive()).exactOptional(),
    /** For whom rows of `settled` stand was not to be found out. */
    unreadable: z.literal(true).exactOptional(),
    /** The owner refuses the whole chunk and wrote nothing: the import stops. */
    refusal: z.enum(['restore_point_void']).optional(),
  }),
  key: (_companyId, data) => data.importId,
  subject: (data) => `${data.importId}/${data.seq}`,
});
