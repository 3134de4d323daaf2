import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { ABSENTEE_STATES, type AbsenteeAnswer, type Language } from '@muster/contracts';
import { PageQuery, pageOf } from '@muster/platform';
import type { ImportJob } from '../imports/import-job.entity.js';
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

export function absenteeDto(
  { absentees }: ImportJob,
  { recordId, repId, name, externalId, email = null, state, code }: AbsenteeAnswer,
  language: Language,
): ImportAbsenteeDto {
  const isWithheld = state === 'planned' && absentees?.withheld !== null;
  return {
    ...{ recordId, repId, name, externalId, email },
    state: isWithheld ? 'kept' : state,
    problem: code === null ? null : problemDto({ code }, language),
  };
}
