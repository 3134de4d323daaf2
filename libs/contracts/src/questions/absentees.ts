import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

/** `planned`: noted by the plan; `removed`: gone; `kept`: stayed, because it was changed meanwhile, or must not go. */
export const ABSENTEE_STATES = ['planned', 'removed', 'kept'] as const;

const request = z.object({
  companyId: id,
  importId: id,
  entity: z.string(),
  /** The last plan; of earlier ones only what is gone is listed. */
  planId: id,
  /** null: of all reps. */
  repId: id.nullable(),
  /** The last one of the page before. */
  after: id.nullable(),
  limit: z.int().positive().max(1_000),
});

const absentee = z.object({
  recordId: id,
  repId: id.nullable(),
  state: z.enum(ABSENTEE_STATES),
  /** Why it was kept, where a rule says so. */
  code: z.string().nullable(),
  /** What people know it by; null when it is gone for good. */
  name: z.string().nullable(),
  /** External id of a record, employee number of an account. */
  externalId: z.string().nullable(),
  /** Of an account. */
  email: z.string().nullable().exactOptional(),
});
export type AbsenteeAnswer = z.infer<typeof absentee>;

/** In the order of their ids. */
const answer = z.object({ items: z.array(absentee) });

export const absentRecords = defineQuestion({
  name: 'absent-records',
  answeredBy: 'field-data',
  description: 'Which records are absent from the file of a sync, and what became of them?',
  request,
  answer,
});

export const absentAccounts = defineQuestion({
  name: 'absent-accounts',
  answeredBy: 'user-admin',
  description: 'Which accounts are absent from the file of a sync, and what became of them?',
  request,
  answer,
});
export type AbsenteesRequest = z.output<typeof request>;
