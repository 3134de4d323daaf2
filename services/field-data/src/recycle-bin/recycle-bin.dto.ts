import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { RECORD_ENTITIES } from '@muster/contracts';
import { Moment, PageQuery } from '@muster/platform';

/** How a record came into the recycle bin. */
export const BIN_CAUSES = ['hand', 'import'] as const;
export type BinCause = (typeof BIN_CAUSES)[number];

/** Ids that one request may name. */
const MOST_IDS = 1_000;

export class ListRecycleBinQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id of a user account: its records only.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  rep?: string;

  @ApiPropertyOptional({ enum: RECORD_ENTITIES })
  @IsOptional()
  @IsIn(RECORD_ENTITIES)
  entity?: (typeof RECORD_ENTITIES)[number];

  @ApiPropertyOptional({ enum: BIN_CAUSES, description: 'Deleted by hand, or by an import.' })
  @IsOptional()
  @IsIn(BIN_CAUSES)
  cause?: BinCause;

  @ApiPropertyOptional({ description: 'Deleted at this time or later.', example: '2026-11-30T08:00:00Z' })
  @IsOptional()
  @Moment()
  deletedSince?: Date;
}

export class RecycleBinFilter {
  /** Id of a user account: its records only. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  rep?: string | null;

  @IsOptional()
  @IsIn(RECORD_ENTITIES)
  @ApiProperty({ enum: RECORD_ENTITIES, required: false })
  entity?: (typeof RECORD_ENTITIES)[number] | null;

  @IsOptional()
  @IsIn(BIN_CAUSES)
  @ApiProperty({ enum: BIN_CAUSES, required: false })
  cause?: BinCause | null;

  /** Deleted at this time or later. @example 2026-11-30T08:00:00Z */
  @IsOptional()
  @Moment()
  @ApiProperty({ type: Date, required: false })
  deletedSince?: Date | null;
}

/** Either ids or a filter; an empty filter means all that the caller sees. */
export class RecycleBinSelection {
  /** Of records of any kind, at most 1,000. What is not in the recycle bin is passed over. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_IDS)
  @Matches(/^[0-9a-f]{32}$/, { each: true })
  @ApiProperty({ type: [String], required: false, example: ['0193d2a1c4f07b6e8a1f2c3d4e5f6071'] })
  ids?: string[] | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => RecycleBinFilter)
  @ApiProperty({ type: RecycleBinFilter, required: false })
  filter?: RecycleBinFilter | null;
}

/** A record in the recycle bin. */
export class BinnedRecordDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;

  @ApiProperty({ enum: RECORD_ENTITIES })
  entity!: string;

  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  repId!: string;

  @ApiProperty({ type: String, nullable: true, example: '0010-A7' })
  externalId!: string | null;

  /** What people know it by: a name, a subject, the type of a report. @example Adler */
  title!: string;

  @ApiProperty({ enum: BIN_CAUSES })
  cause!: BinCause;

  @ApiProperty({ type: String, nullable: true, description: 'The import that deleted it.' })
  importId!: string | null;

  deletedAt!: Date;
  /** Then it is deleted for good, 14 days after it was deleted; a restore point can still bring it back. */
  leavesAt!: Date;
}

export class RestoredDto {
  /** Records that came back. @example 12 */
  restored!: number;
  /** There are more that the filter lets pass: send the request again. */
  more!: boolean;
}

export class PurgedDto {
  /** Records that are gone for good, with their history. @example 12 */
  purged!: number;
  /** There are more that the filter lets pass: send the request again. */
  more!: boolean;
}
