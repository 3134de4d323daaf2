import { Type } from 'class-transformer';
import { IsInt, IsOptional, Min } from 'class-validator';
import { SourceOverridesDto } from './source-overrides.dto.js';

export class PreviewQuery extends SourceOverridesDto {
  /** Record number of the header, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  headerRow?: number;
}
