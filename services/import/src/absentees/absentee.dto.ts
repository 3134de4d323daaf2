import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { ABSENTEE_STATES, type AbsenteeAnswer, type Id, type Language } from '@muster/contracts';
import { PageQuery, pageOf } from '@muster/platform';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { isFinal } from '../imports/import-state.js';
import { problemDto, RowProblemDto } from '../results/row.dto.js';

export class AbsenteesQuery extends PageQuery {
  /** Only records of this rep, by its user id. */
  @IsOptional()
  @IsString()
  rep?: string;
}

export class ImportAbsenteeDto {
  /** Of the record, or of the account. */
  recordId!: string;
  /** Whose record it is; null for accounts. */
  repId!: string | null;
  /** A name or subject, the type of a report; null once it is gone for good. @example Adler */
  name!: string | null;
  /** Of a record; of an account its employee number. @example 0010-A7 */
  externalId!: string | null;
  /** Of an account. */
  email!: string | null;
  @ApiProperty({
    enum: ABSENTEE_STATES,
    description:
      'planned: it goes at the end of the run. removed: it is gone, a record into the recycle bin, an account is deactivated. ' +
      'kept: it stays, because it was changed meanwhile, a rule keeps it, or nothing is removed at all.',
  })
  state!: string;
  /** The rule that keeps it. */
  @ApiProperty({ type: RowProblemDto, nullable: true })
  problem!: RowProblemDto | null;
}

export class ImportAbsenteePage extends pageOf(ImportAbsenteeDto) {}

/** Of whom a run may yet remove somebody; null stands for the company. */
export function repsToCome({ state, absentees }: ImportJob, reps: readonly ImportRep[]): ReadonlySet<Id | null> {
  if (isFinal(state) || absentees?.withheld !== null) return new Set();
  const left = reps.filter(({ progress }) => progress === 'waiting' || progress === 'running');
  return new Set(left.map(({ userId }) => userId));
}

/** @param toCome see {@link repsToCome} */
export function absenteeDto(
  { recordId, repId, name, externalId, email = null, state, code }: AbsenteeAnswer,
  toCome: ReadonlySet<Id | null>,
  language: Language,
): ImportAbsenteeDto {
  return {
    ...{ recordId, repId, name, externalId, email },
    state: state === 'planned' && !toCome.has(repId) ? 'kept' : state,
    problem: code === null ? null : problemDto({ code }, language),
  };
}
