import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Id, ImportCounters } from '@muster/contracts';
import { generatedColumn } from '@muster/persistence';
import type { GuardFinding, ImportConfiguration, StartAt } from '@muster/import-model';
import type { Pace } from '../progress/pace.js';
import type { Absentees } from './import-absentees.js';
import type { ImportState } from './import-state.js';
import type { Origin } from './origin.js';
import type { ChunkLayout } from '../staging/chunk-layout.js';

/** What to do by itself once the present step is done. */
export type NextStep = 'plan' | 'run';

export interface StoredProblem {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** What an import holds of a plan that it has not, or not any more. */
export const NO_PLAN = { plan: null, plannedAt: null, guard: null, absentees: null } as const;

/** What an import holds of an approval that it has not, or not any more. */
export const NOT_APPROVED = { approvedBy: null, approvedGuard: null } as const;

/** What an import holds of a wait, for its turn or its night, that is none or is over. */
export const NOT_WAITING = {
  queued: false,
  startAt: null,
  scheduledFor: null,
  windowUntil: null,
  lookAt: null,
} as const;

/** Rows are invalid or failed, or it did not come to its end; stored, so that the history is filtered in its index. */
const HAS_ERRORS = `state in ('failed', 'aborted') or coalesce((counters ->> 'invalid')::integer, 0) > 0 or coalesce((counters ->> 'failed')::integer, 0) > 0`;

@Entity('import_job')
@Index('IDX_import_job_history', [
  ...[
    'companyId',
    'id',
    'createdAt',
    'entity',
    'state',
    'createdBy',
    'configurationId',
    'unattended',
    'origin',
    'hasErrors',
  ],
])
@Index('IDX_import_job_upload', ['companyId', 'uploadId'])
@Index('UQ_import_job_running', ['companyId', 'entity'], { unique: true, where: `state = 'running'` })
@Index('IDX_import_job_idle', ['changedAt'], { where: `state in ('draft', 'staged', 'planned', 'paused')` })
@Index('IDX_import_job_waiting', ['companyId', 'entity', 'id'], { where: `state = 'awaitingApproval'` })
@Index('IDX_import_job_queued', ['companyId', 'entity', 'id'], { where: 'queued' })
@Index('IDX_import_job_scheduled', ['lookAt'], { where: `state = 'scheduled'` })
@Index('IDX_import_job_configuration', ['companyId', 'configurationId', 'finishedAt'], {
  where: 'configuration_id is not null and finished_at is not null',
})
@Index('IDX_import_job_active', ['id'], { where: `state in ('staging', 'planning', 'running')` })
export class ImportJob {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'PK_import_job' })
  id!: Id;

  @Column('uuid', { name: 'company_id' })
  companyId!: Id;

  @Column('text')
  entity!: string;

  @Column('text')
  state!: ImportState;

  @Column('uuid', { name: 'upload_id' })
  uploadId!: Id;

  @Column('jsonb')
  configuration!: ImportConfiguration;

  /** The saved configuration that it began with; null when the document came with the request. */
  @Column('uuid', { name: 'configuration_id', nullable: true })
  configurationId!: Id | null;

  @Column('integer', { name: 'configuration_version', nullable: true })
  configurationVersion!: number | null;

  /** Which of the import's configurations this is, from 1: what was written with earlier ones is kept beside it. */
  @Column('integer', { default: 1 })
  reading!: number;

  /** What is added to the row numbers of the file, so that no row of an earlier one has the same. */
  @Column('integer', { name: 'row_offset', default: 0 })
  rowOffset!: number;

  @Column('text', { name: 'next_step', nullable: true })
  nextStep!: NextStep | null;

  /** What the staged chunks look like; null before the first staging. */
  @Column('jsonb', { nullable: true })
  layout!: ChunkLayout | null;

  /** What is added to the row numbers of each part of the file; null: it is not in parts. Set by the staging. */
  @Column('jsonb', { name: 'part_offsets', nullable: true })
  partOffsets!: number[] | null;

  /** Counts stagings; chunks carry the number of the one that made them. */
  @Column('integer', { default: 0 })
  attempt!: number;

  /** Stagings in a row that ended neither well nor because something was away. */
  @Column('integer', { name: 'staging_tries', default: 0 })
  stagingTries!: number;

  /** Until when a process may go on staging without saying that it lives. */
  @Column('timestamptz', { name: 'lease_until', nullable: true })
  leaseUntil!: Date | null;

  /** The chunks are complete. */
  @Column('boolean', { default: false })
  staged!: boolean;

  /** Of the file, by the staging. */
  @Column('bigint', { name: 'bytes_read', default: 0 })
  bytesRead!: number;

  /** What became of the rows in the run. */
  @Column('jsonb')
  counters!: ImportCounters;

  /** What would become of them, as the last plan saw it. */
  @Column('jsonb', { nullable: true })
  plan!: ImportCounters | null;

  /** When that plan was complete; null while it is being made. */
  @Column('timestamptz', { name: 'planned_at', nullable: true })
  plannedAt!: Date | null;

  /** What the last plan does of what the guard looks at; null where it looks at nothing. */
  @Column('jsonb', { nullable: true })
  guard!: GuardFinding[] | null;

  /** What a sync does with those who are absent from its file; null before its plan, and of other imports. */
  @Column('jsonb', { nullable: true })
  absentees!: Absentees | null;

  /** Who let this run go beyond the limits of the guard. */
  @Column('text', { name: 'approved_by', nullable: true })
  approvedBy!: string | null;

  /** What the plan did that was approved: a later plan of the run may do as much of each, and no more. */
  @Column('jsonb', { name: 'approved_guard', nullable: true })
  approvedGuard!: GuardFinding[] | null;

  /** What was not done as it was asked for, and stops nothing. */
  @Column('jsonb', { default: [] })
  warnings!: StoredProblem[];

  /** Nobody looks at it: a connector or one call does all of it. */
  @Column('boolean', { default: false })
  unattended!: boolean;

  /** How it came in; null: before that was kept. */
  @Column('text', { nullable: true })
  origin!: Origin | null;

  @Column('boolean', generatedColumn('has_errors', HAS_ERRORS))
  readonly hasErrors!: boolean;

  /** It waits behind an import that awaits approval, or has its turn since and does not write yet. */
  @Column('boolean', { default: false })
  queued!: boolean;

  /** What was said with the command to run; null: as the configuration says. */
  @Column('text', { name: 'start_at', nullable: true })
  startAt!: StartAt | null;

  /** Of a scheduled import: when its night begins; null until the company was asked. */
  @Column('timestamptz', { name: 'scheduled_for', nullable: true })
  scheduledFor!: Date | null;

  /** The night that it may begin to write in ends then; null while its night has not come. */
  @Column('timestamptz', { name: 'window_until', nullable: true })
  windowUntil!: Date | null;

  /** Of a scheduled import: when to ask for its night again. */
  @Column('timestamptz', { name: 'look_at', nullable: true })
  lookAt!: Date | null;

  /** How fast the present phase goes; null while none is under way. */
  @Column('jsonb', { nullable: true })
  pace!: Pace | null;

  /** Chunks of the present phase that have no answer yet. */
  @Column('integer', { name: 'open_chunks', default: 0 })
  openChunks!: number;

  @Column('boolean', { name: 'abort_requested', default: false })
  abortRequested!: boolean;

  /** The point before the first write of this import; its undo starts there. */
  @Column('uuid', { name: 'restore_point_id', nullable: true })
  restorePointId!: Id | null;

  /** Whom the next run is of; null: all that wait. */
  @Column('uuid', { name: 'run_reps', array: true, nullable: true })
  runReps!: Id[] | null;

  /** How often it began to write, or went on. */
  @Column('integer', { default: 0 })
  runs!: number;

  /** The point of the present run; another one after a resume, and after an hour. */
  @Column('uuid', { name: 'run_point_id', nullable: true })
  runPointId!: Id | null;

  /** When that point was first asked for. */
  @Column('timestamptz', { name: 'run_point_at', nullable: true })
  runPointAt!: Date | null;

  @Column('boolean', { name: 'point_ready', default: false })
  pointReady!: boolean;

  /** When the point of the present run was last asked for; it is asked for again until it is ready. */
  @Column('timestamptz', { name: 'point_asked_at', nullable: true })
  pointAskedAt!: Date | null;

  /** Invalid and failed rows of the runs before this one: `maxErrors` counts those of the present run. */
  @Column('integer', { name: 'errors_before', default: 0 })
  errorsBefore!: number;

  @Column('jsonb', { nullable: true })
  problem!: StoredProblem | null;

  @Column('text', { name: 'created_by' })
  createdBy!: string;

  /** The person who is told the end; null when a key started it. */
  @Column('uuid', { name: 'requested_by', nullable: true })
  requestedBy!: Id | null;

  /** Grows with every change that a reader can see: ETag, and the event id of the progress stream. */
  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  /** When somebody, or the import itself, last did something with it. */
  @Column('timestamptz', { name: 'changed_at', default: () => 'now()' })
  changedAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}
