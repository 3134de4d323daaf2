import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { Moment, PageQuery, Text } from '@muster/platform';

export const RECORD_ORDERS = ['id', '-id', 'updatedAt', '-updatedAt'] as const;
export type RecordOrder = (typeof RECORD_ORDERS)[number];

export class ListRecordsQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Id of a user account: its records only.' })
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  rep?: string;

  @ApiPropertyOptional({
    description:
      'Records of which words begin so, each of these words, whatever the letter case and accents: external id, names, ' +
      'subject, city, location, result.',
    example: 'adler gra',
  })
  @IsOptional()
  @Text(100)
  q?: string;

  @ApiPropertyOptional({ description: 'Exactly this external id. Each rep may have a record with it.', example: '007' })
  @IsOptional()
  @Text(40)
  externalId?: string;

  @ApiPropertyOptional({
    description:
      'Changed at this time or later; preset order then: the oldest change first, for readers that keep a copy.',
    example: '2026-11-30T08:00:00Z',
  })
  @IsOptional()
  @Moment()
  updatedSince?: Date;

  @ApiPropertyOptional({
    enum: RECORD_ORDERS,
    description: 'Preset: `id`, the order in which records were made; with `updatedSince`: `updatedAt`.',
  })
  @IsOptional()
  @IsIn(RECORD_ORDERS)
  sort?: RecordOrder;
}
