import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import type { RepAccount } from '@muster/contracts';
import { pageOf, toPage, type Page } from '@muster/platform';
import { countersDto, CountersDto } from '../imports/import.dto.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import type { RowPlaces } from '../results/row-places.js';
import { repCounters } from './rep-counters.js';
import type { AssignmentQuery } from './reps-query.dto.js';
import { REP_PROGRESSES, REP_STATUSES } from './rep-verdict.js';

export class ChangeAssignmentBody {
  /** User ids to leave out: their rows become ignored. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5_000)
  @IsString({ each: true })
  exclude?: string[];

  /** User ids to take in again. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5_000)
  @IsString({ each: true })
  include?: string[];
}

export class ImportRepDto {
  /** As it stands in the file, without blanks around it; empty for rows that name nobody. @example rep01@example.com */
  value!: string;
  @ApiProperty({ enum: REP_STATUSES })
  status!: string;
  userId!: string | null;
  displayName!: string | null;
  /** The account is deactivated; its rows are imported all the same. */
  deactivated!: boolean;
  /**
   * The e-mail of an account that differs in letter case alone; of a value that was not found, the e-mail or employee number
   * that was probably meant. It assigns nothing: the file has to be corrected.
   * @example anna.berger@example.com
   */
  similarValue!: string | null;
  /** Left out: its rows become ignored. */
  excluded!: boolean;
  /** waiting: nobody has tried its rows; running: they are in the present run, or in one that was stopped; done; skipped. */
  @ApiProperty({ enum: REP_PROGRESSES })
  progress!: string;
  /** With which configuration of the import its rows were, or will be, written: see its configurations. */
  configurationNo!: number;
  rows!: number;
  /** Row number of its first row, in the file or the part. Reps come in this order. */
  firstRow!: number;
  /** Of a file that was sent in parts: in which of them that row is. @example 3 */
  part?: number;
  counters!: CountersDto;
  plan!: CountersDto | null;
  /** Rows with which its run did otherwise than the plan showed; null: it followed none. */
  changedSincePlan!: number | null;
}

export class NotNamedRepDto {
  userId!: string;
  displayName!: string;
}

/** How many there are, however many of them are listed. */
export class AssignmentCountsDto {
  found!: number;
  notFound!: number;
  caseOnly!: number;
  withoutSchedule!: number;
  notNamed!: number;
}

export class AssignmentDto {
  /** email or employeeNumber; null: the rows are the company's, not a rep's. */
  by!: string | null;
  found!: ImportRepDto[];
  notFound!: ImportRepDto[];
  /** No hits, because they differ in letter case. */
  caseOnly!: ImportRepDto[];
  withoutSchedule!: ImportRepDto[];
  /** Rows whose cell is empty. */
  emptyRows!: number;
  /** Active reps with their own schedule whom no row names. */
  notNamed!: NotNamedRepDto[];
  counts!: AssignmentCountsDto;
}

export class ImportRepPage extends pageOf(ImportRepDto) {}

export function assignmentDto(
  job: ImportJob,
  reps: readonly ImportRep[],
  notNamed: readonly RepAccount[],
  places: RowPlaces,
  { limit }: AssignmentQuery,
): AssignmentDto {
  const of = (status: ImportRep['status']) => reps.filter((rep) => rep.status === status);
  const listed = (status: ImportRep['status']) =>
    of(status)
      .slice(0, limit)
      .map((rep) => repDto(job, rep, places));
  return {
    by: job.configuration.userMapping?.by ?? null,
    found: listed('found'),
    notFound: listed('notFound'),
    caseOnly: listed('caseOnly'),
    withoutSchedule: listed('withoutSchedule'),
    emptyRows: of('missing').at(0)?.rowCount ?? 0,
    notNamed: notNamed.slice(0, limit).map(({ userId, displayName }) => ({ userId, displayName })),
    counts: {
      found: of('found').length,
      notFound: of('notFound').length,
      caseOnly: of('caseOnly').length,
      withoutSchedule: of('withoutSchedule').length,
      notNamed: notNamed.length,
    },
  };
}

/** @param reps one more than `limit`, when there are more */
export function repPage(
  job: ImportJob,
  reps: readonly ImportRep[],
  places: RowPlaces,
  limit: number,
): Page<ImportRepDto> {
  const { items, nextCursor } = toPage(reps, limit, ({ firstRow, no }) => [firstRow, no]);
  return { items: items.map((rep) => repDto(job, rep, places)), nextCursor };
}

export function repDto(job: ImportJob, rep: ImportRep, places: RowPlaces): ImportRepDto {
  const { value, status, userId, displayName, loginEnabled, similarValue, excluded, progress, rowCount: rows } = rep;
  const { row: firstRow, ...part } = places.of(rep.firstRow);
  return {
    ...{
      value,
      status,
      userId,
      displayName,
      deactivated: loginEnabled === false,
      similarValue,
      excluded,
      progress,
      configurationNo: rep.reading,
      rows,
      firstRow,
      ...part,
    },
    counters: countersDto({ ...repCounters(job, rep), removed: rep.removed }),
    plan: plannedDto(job, rep),
    changedSincePlan: rep.changedSincePlan,
  };
}

/** What was foreseen of a rep that is done stays beside what came of it; of one that is skipped nothing is. Nothing goes where that is withheld. */
function plannedDto({ plan, absentees }: ImportJob, rep: ImportRep): CountersDto | null {
  if (!rep.plan || rep.progress === 'skipped' || (rep.progress !== 'done' && !plan)) return null;
  return countersDto({ ...rep.plan, removed: absentees?.withheld === null ? (rep.absentees ?? 0) : 0 });
}
