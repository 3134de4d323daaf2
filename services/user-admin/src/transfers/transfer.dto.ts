import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsOptional, Matches } from 'class-validator';
import { RECORD_ENTITIES, TRANSFER_FAILURES, type TransferFailure } from '@muster/contracts';
import { pageOf } from '@muster/platform';
import { TRANSFER_STATES, type TransferState } from './transfer.entity.js';

type RecordEntity = (typeof RECORD_ENTITIES)[number];

export class TransferBody {
  /** The account that the records are to belong to: of staff, with an own schedule, active or not. */
  @Matches(/^[0-9a-f]{32}$/)
  to!: string;

  /** Kinds of records; preset: all. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(RECORD_ENTITIES, { each: true })
  @ApiProperty({ enum: RECORD_ENTITIES, isArray: true, required: false })
  entities?: RecordEntity[];
}

export class TransferCountDto {
  /** @example customer */
  entity!: string;
  /** They belong to the other rep now. */
  moved!: number;
  /** They stay, because the other rep has a record of their external id. */
  kept!: number;
}

export class TransferLinksDto {
  /** @example /v1/users/transfers/0193d2a1c4f07b6e8a1f2c3d4e5f6071/kept */
  kept!: string;
  /** @example /v1/restore-points/0193d2a1c4f07b6e8a1f2c3d4e5f6072 */
  restorePoint!: string;
}

export class TransferDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** The account whose records they were. */
  from!: string;
  to!: string;
  /** null: all kinds of records. */
  @ApiProperty({ type: [String], nullable: true })
  entities!: string[] | null;
  /** It was taken before. */
  restorePointId!: string;
  /** failed: what was moved until then stays with the other rep. */
  @ApiProperty({ enum: TRANSFER_STATES })
  state!: TransferState;
  /** target_gone: the other account lost its own schedule, or was deleted. */
  @ApiProperty({ enum: TRANSFER_FAILURES, nullable: true })
  failure!: TransferFailure | null;
  /** By kind of record, so far. */
  @ApiProperty({ type: [TransferCountDto] })
  counters!: TransferCountDto[];
  createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true })
  finishedAt!: Date | null;
  links!: TransferLinksDto;
}

export class KeptRecordDto {
  /** @example customer */
  entity!: string;
  /** The record that stays. */
  recordId!: string;
  /** @example K-007 */
  externalId!: string;
  /** The record of the other rep. */
  heldBy!: string;
  /** @example external_id_held */
  code!: string;
  /** In the language of the request. */
  message!: string;
}
export class KeptRecordPage extends pageOf(KeptRecordDto) {}
