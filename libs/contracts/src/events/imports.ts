import { z } from 'zod';
import { defineEvent } from '../event.js';
import { id } from '../ids.js';
import { TOPICS } from '../topics.js';

/** Rows by outcome; all of those add up to `read` once the import is in a final state. */
export const importCounters = z.object({
  read: z.int().nonnegative(),
  created: z.int().nonnegative(),
  updated: z.int().nonnegative(),
  unchanged: z.int().nonnegative(),
  ignored: z.int().nonnegative(),
  invalid: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  unprocessed: z.int().nonnegative(),
  /** Of a sync: accounts that were absent from the file. They are no rows of it. */
  deactivated: z.int().nonnegative().exactOptional(),
  /** Of a sync: records that were absent from the file. They are no rows of it. */
  removed: z.int().nonnegative().exactOptional(),
});
export type ImportCounters = z.infer<typeof importCounters>;

export const importRestorePointRequested = defineEvent({
  type: 'import.restore-point-requested.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description:
    'An import is about to write rows and asks for a restore point, which stays open until the import pauses or ends.',
  data: z.object({
    importId: id,
    /** Chosen by the import, so that a repeat asks for the same point. */
    restorePointId: id,
    /** How often the import began to write, this time included: a point may serve several of its runs. */
    run: z.int().positive().exactOptional(),
    entity: z.string(),
    fileName: z.string(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importAwaitsApproval = defineEvent({
  type: 'import.awaits-approval.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description: 'The plan of an import goes beyond the guard: nothing is written until an administrator approves.',
  data: z.object({
    importId: id,
    entity: z.string(),
    fileName: z.string(),
    effect: z.enum(['deactivations', 'scheduleRemovals', 'demotions', 'recordRemovals']),
    planned: z.int().nonnegative(),
    limit: z.int().nonnegative(),
    /** Of how many. */
    base: z.int().nonnegative().exactOptional(),
    /** What the plan foresees. */
    plan: importCounters.exactOptional(),
    /** Where to look at it and approve, a path of the API. */
    link: z.string().exactOptional(),
    /** `user:<id>` or `key:<id>`: who made the import. */
    createdBy: z.string().exactOptional(),
    /** null when a connector's key started it. */
    requestedBy: id.nullable(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importHeld = defineEvent({
  type: 'import.held.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description:
    'A sync that nobody looks at does not run, because another of its kind awaits approval: it goes on by itself once that has ended. ' +
    'Told once, when it begins to wait.',
  data: z.object({
    importId: id,
    entity: z.string(),
    fileName: z.string(),
    /** The import that somebody has to approve or cancel, or that has to come to its end. */
    waitsBehind: id,
    /** Where to look at the other one and approve it, a path of the API. */
    link: z.string(),
    /** `user:<id>` or `key:<id>`: who made the import. */
    createdBy: z.string(),
    /** null when a connector's key started it. */
    requestedBy: id.nullable(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importPaused = defineEvent({
  type: 'import.paused.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description:
    'The reps that an import was run for are done, others are left for somebody to go on with. Nothing is written meanwhile, ' +
    'its restore point closes.',
  data: z.object({
    importId: id,
    entity: z.string(),
    counters: importCounters,
    restorePointId: id.nullable(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importFinished = defineEvent({
  type: 'import.finished.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description: 'An import came to a final state; none of its rows is written any more, its restore point closes.',
  data: z.object({
    importId: id,
    entity: z.string(),
    fileName: z.string(),
    state: z.enum(['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled']),
    counters: importCounters,
    restorePointId: id.nullable(),
    /** The person to tell; null when a connector's key started it. */
    requestedBy: id.nullable(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.importId,
});

export const importOverdue = defineEvent({
  type: 'import.overdue.v1',
  topic: TOPICS.imports,
  source: ['import'],
  description:
    'A run of a saved configuration did not come to a good end by the time by which it is expected. Once for each day that it is missed.',
  data: z.object({
    configurationId: id,
    name: z.string(),
    entity: z.string(),
    /** By when it was expected, ISO 8601. */
    expectedAt: z.string(),
    /** none: nothing began; failed: the last one did, was aborted or cancelled; waiting: for approval, or its night; underWay: it is late. */
    reason: z.enum(['none', 'failed', 'waiting', 'underWay']),
    /** The last import in the hours that count; null: there is none. */
    importId: id.nullable(),
  }),
  key: (companyId) => companyId,
  subject: (data) => data.configurationId,
});
