import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Min } from 'class-validator';

const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'];

export class PreviewQuery {
  /** @example windows-1252 */
  @IsOptional()
  @IsIn(ENCODINGS)
  encoding?: string;

  /** @example ; */
  @IsOptional()
  @IsString()
  @IsIn([',', ';', '\t', '|'])
  delimiter?: string;

  /** Record number of the header, from 1. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  headerRow?: number;
}
