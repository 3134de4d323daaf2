import { ApiProperty } from '@nestjs/swagger';
import type { Id, ImportCounters, Language } from '@muster/contracts';
import { GUARDED_EFFECTS, type GuardedEffect } from '@muster/import-model';
import { detailMessage, pageOf } from '@muster/platform';
import { speedOf } from '../progress/pace.js';
import { partsSummary, PartsSummaryDto, type PartFacts } from '../parts/parts.dto.js';
import { EarlierImportDto } from '../uploads/upload.dto.js';
import type { ImportRep } from './import-rep.entity.js';
import { ImportJob, type StoredProblem } from './import-job.entity.js';
import { ORIGINS, type Origin } from './origin.js';
import { sheetsNotRead, type SheetsOfFile } from './sheets-not-read.js';
import { linksOf } from './import-links.js';
import { IMPORT_STATES } from './import-state.js';

/** Rows by outcome, which add up to `read`; and of a sync, what is gone because it was absent from the file. */
export class CountersDto {
  /** @example 10000 */
  read!: number;
  created!: number;
  updated!: number;
  unchanged!: number;
  ignored!: number;
  /** The data's fault. */
  invalid!: number;
  /** Ours. */
  failed!: number;
  /** Not tried (yet). */
  unprocessed!: number;
  /** Of a sync: accounts that were absent from the file. They are no rows of it. */
  deactivated!: number;
  /** Of a sync: records that were absent from the file, and are in the recycle bin. They are no rows of it. */
  removed!: number;
}

export function countersDto(counters: ImportCounters): CountersDto {
  return { ...counters, deactivated: counters.deactivated ?? 0, removed: counters.removed ?? 0 };
}

/** How many values of the rep column name whom. */
export class RepSummaryDto {
  total!: number;
  found!: number;
  notFound!: number;
  caseOnly!: number;
  withoutSchedule!: number;
  missing!: number;
  excluded!: number;
  /**
   * Found, not left out, and not all of their rows have an outcome: they are to come, or are in the present run; once the import
   * has ended, what is left of them is unprocessed.
   */
  waiting!: number;
  done!: number;
  skipped!: number;
}

/** What a run does to no more than a part of the accounts, or of the records, unless somebody approves. */
export class ImportGuardDto {
  @ApiProperty({ enum: GUARDED_EFFECTS })
  effect!: GuardedEffect;
  planned!: number;
  /** Of how many: active accounts, administrators, or records of the reps that a sync reaches. */
  base!: number;
  /** So many are let pass. */
  limit!: number;
  exceeded!: boolean;
}

export class PassedOverDto {
  recordId!: string;
  /** @example last_administrator */
  code!: string;
}

export class AbsenteesDto {
  /** How many the plan foresees; the run touches no more. */
  planned!: number;
  /** Accounts, so far. */
  deactivated!: number;
  /** Records, so far. */
  removed!: number;
  /** They stay. */
  @ApiProperty({ type: [PassedOverDto] })
  passedOver!: PassedOverDto[];
  /** Why nobody goes; null: they do. @example unreadable_rows */
  withheld!: string | null;
}

export class ProgressDto {
  /** Bytes of the file that the staging has read. */
  bytesRead!: number;
  bytes!: number;
  /** Share of the rows of the present phase that have their answer, 0 to 1. */
  share!: number;
  /** How fast the present phase goes, over the last seconds; null: nobody knows, or none is under way. @example 4200.5 */
  rowsPerSecond!: number | null;
  /** What the present phase will still take if it goes on so, in seconds; null as above. @example 17 */
  secondsLeft!: number | null;
}

export class JobProblemDto {
  /** @example no_known_rep */
  code!: string;
  /** In the reader's language. */
  detail!: string;
}

export class ImportDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example customer */
  entity!: string;
  @ApiProperty({ enum: IMPORT_STATES })
  state!: string;
  /** Of a file that is sent in parts: of the first and the last one that are in. */
  fileName!: string;
  uploadId!: string;
  /** Of the file, lower-case hexadecimal; of several parts it is made of theirs. */
  sha256!: string;
  /** When the time of the file and of its rows was over; null: they are kept. */
  fileRemovedAt!: Date | null;
  /** Of a file that is sent in parts; null: it is not. */
  @ApiProperty({ type: PartsSummaryDto, nullable: true })
  parts!: PartsSummaryDto | null;
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
  /** The saved configuration that it began with, and its version then; null when the document came with the request. */
  configurationId!: string | null;
  configurationVersion!: number | null;
  /** Counts the configurations and files of the import that rows were, or will be, written with, from 1. */
  configurationNo!: number;
  counters!: CountersDto;
  /** What the last plan foresees; null before. */
  plan!: CountersDto | null;
  /** How much the plan does of what the guard looks at; null before the plan of accounts or of a sync. */
  @ApiProperty({ type: [ImportGuardDto], nullable: true })
  guard!: ImportGuardDto[] | null;
  /** What a sync does with those who are absent from its file; null before its plan, and of other imports. */
  @ApiProperty({ type: AbsenteesDto, nullable: true })
  absentees!: AbsenteesDto | null;
  /**
   * Rows with which the run did otherwise than the plan showed, because records, accounts or the assignment changed meanwhile;
   * `GET rows?changedSincePlan=true` lists them. null: no plan was followed.
   */
  changedSincePlan!: number | null;
  reps!: RepSummaryDto;
  progress!: ProgressDto;
  restorePointId!: string | null;
  /** When the night begins in which it writes; null unless it is scheduled, and for the moment until the night is known. */
  scheduledFor!: Date | null;
  /** The import that comes first, while this one waits for it as `awaitingApproval`; null: it waits for none. */
  waitsBehind!: string | null;
  /** Others of the same content that came before it, the latest first. */
  @ApiProperty({ type: [EarlierImportDto] })
  earlierImports!: EarlierImportDto[];
  /** Why it stopped; null while nothing did. */
  problem!: JobProblemDto | null;
  /** What was not done as it was asked for, and stops nothing. @example [] */
  @ApiProperty({ type: [JobProblemDto] })
  warnings!: JobProblemDto[];
  /** @example user:0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  createdBy!: string;
  /** How it came in; null: it is older than that was kept. */
  @ApiProperty({ enum: [...ORIGINS, null], type: 'string', nullable: true })
  origin!: Origin | null;
  /** Nobody looks at it: a connector or one call does all of it. */
  unattended!: boolean;
  createdAt!: Date;
  startedAt!: Date | null;
  finishedAt!: Date | null;
  /** Where to go from here: itself, its parts, and the commands that its state allows. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  links!: Record<string, string>;
}

export class ImportPage extends pageOf(ImportDto) {}

export interface ImportFacts extends SheetsOfFile {
  /** null: the file is not sent in parts. */
  readonly parts: PartFacts | null;
  readonly fileName: string;
  readonly sha256: string;
  readonly fileRemovedAt: Date | null;
  readonly byteSize: number;
  /** Rows of the file, as they were counted when it came in. */
  readonly fileRows: number;
  /** Rows of the reps of the present run, or of one that was stopped. */
  readonly ofRun: { readonly read: number; readonly unprocessed: number } | null;
  /** Rows with which runs did otherwise than the plan that they followed showed; null: they followed none. */
  readonly changedSincePlan: number | null;
  readonly reps: readonly RepGroup[];
  /** Of the same content, the latest first. */
  readonly earlierImports: readonly { readonly id: Id; readonly state: string; readonly createdAt: string }[];
  /** The first other import of the company and entity that awaits approval; null also for one that has ended. */
  readonly awaiting: Id | null;
}

/** How many values of the rep column are of one kind. */
export interface RepGroup extends Pick<ImportRep, 'status' | 'excluded' | 'progress'> {
  readonly count: number;
}

export function importDto(job: ImportJob, facts: ImportFacts, language: Language, now = new Date()): ImportDto {
  const { id, entity, state, uploadId, counters, plan, restorePointId, createdBy, origin, unattended } = job;
  const { createdAt, startedAt, finishedAt } = job;
  const { fileName, sha256, fileRemovedAt } = facts;
  const waitsBehind = behindWhom(job, facts);
  const problem = waitsBehind === null ? job.problem : { code: 'waits_behind', params: { importId: waitsBehind } };
  const warnings = [
    ...job.warnings,
    ...approvalPending(job, facts),
    ...sheetsNotRead(job.configuration.source?.sheet, facts),
  ];
  return {
    id, entity, state, fileName, uploadId, sha256, fileRemovedAt, parts: facts.parts && partsSummary(facts.parts), configuration: { ...job.configuration },
    configurationId: job.configurationId, configurationVersion: job.configurationVersion, configurationNo: job.reading,
    counters: countersDto(counters), plan: plan && countersDto(plan), guard: job.guard, absentees: absenteesDto(job), changedSincePlan: facts.changedSincePlan,
    reps: summaryOf(facts.reps),
    progress: progressDto(job, facts, now),
    scheduledFor: state === 'scheduled' ? job.scheduledFor : null, waitsBehind, earlierImports: facts.earlierImports.map((same) => ({ ...same, createdAt: new Date(same.createdAt) })),
    restorePointId, problem: problem && problemDto(problem, language),
    warnings: warnings.map((warning) => problemDto(warning, language)), createdBy, origin, unattended, createdAt, startedAt, finishedAt, links: linksOf(job, facts),
  }; // prettier-ignore
}

function progressDto(job: ImportJob, facts: ImportFacts, now: Date): ProgressDto {
  const { state, plan, counters, bytesRead } = job;
  const { byteSize: bytes, fileRows } = facts;
  const rows = (state === 'planning' ? plan : state === 'running' ? facts.ofRun : null) ?? counters;
  const share = rows.read > 0 ? (rows.read - rows.unprocessed) / rows.read : 0;
  const isStaging = state === 'staging' && bytes > 0;
  const remainder = isStaging
    ? { left: bytes - bytesRead, rowsEach: fileRows / bytes }
    : { left: rows.unprocessed, rowsEach: 1 };
  return { bytesRead, bytes, share, ...speedOf(job, remainder, now) };
}

function summaryOf(reps: ImportFacts['reps']): RepSummaryDto {
  const count = (matches: (group: RepGroup) => boolean) =>
    reps.filter(matches).reduce((sum, group) => sum + group.count, 0);
  const toImport = (progress: RepGroup['progress']) =>
    count((group) => group.status === 'found' && !group.excluded && group.progress === progress);
  const of = (status: RepGroup['status']) => count((group) => group.status === status);
  return {
    total: count(({ status }) => status !== 'company'),
    found: of('found'),
    notFound: of('notFound'),
    caseOnly: of('caseOnly'),
    withoutSchedule: of('withoutSchedule'),
    missing: of('missing'),
    excluded: count(({ excluded }) => excluded),
    waiting: toImport('waiting') + toImport('running'),
    done: toImport('done'),
    skipped: toImport('skipped'),
  };
}

function absenteesDto({ absentees, counters }: ImportJob): AbsenteesDto | null {
  if (!absentees || absentees.planned === null) return null;
  const { planned, passedOver, withheld } = absentees;
  const { deactivated, removed } = countersDto(counters);
  return { planned, deactivated, removed, passedOver: [...passedOver], withheld };
}

/** What awaits approval first may be another by now than when it began to wait. */
function behindWhom({ state, queued, problem }: ImportJob, { awaiting }: ImportFacts): Id | null {
  if (!queued || state !== 'awaitingApproval') return null;
  const first = awaiting ?? problem?.params?.['importId'];
  return first === undefined ? null : String(first);
}

/** Somebody looks at it, so it is not held; what it removes may be what the other would remove. */
function approvalPending({ queued, configuration }: ImportJob, { awaiting }: ImportFacts): StoredProblem[] {
  if (awaiting === null || queued || configuration.mode !== 'sync') return [];
  return [{ code: 'approval_pending', params: { importId: awaiting } }];
}

function problemDto(problem: StoredProblem, language: Language): JobProblemDto {
  return { code: problem.code, detail: detailMessage(problem, language) };
}
