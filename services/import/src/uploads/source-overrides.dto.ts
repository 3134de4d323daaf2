import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { CSV_ENCODINGS, DELIMITERS, QUOTES } from '@muster/tabular';

/** What somebody says about a file instead of having it recognised. */
export class SourceOverridesDto {
  /** Of CSV: overrides what is recognised. @example windows-1252 */
  @IsOptional()
  @IsIn(CSV_ENCODINGS)
  encoding?: string;

  /** Of CSV: overrides what is recognised: `,` `;` tab or `|`. @example ; */
  @IsOptional()
  @IsIn(DELIMITERS)
  delimiter?: string;

  /** Of CSV: overrides what is recognised: `"` or `'`. @example " */
  @IsOptional()
  @IsIn(QUOTES)
  quote?: string;

  /** Of a workbook: the sheet to read instead of the first one with data. @example Customers */
  @IsOptional()
  @IsString()
  @Length(1, 255)
  sheet?: string;

  /** Number of the row that names the columns, from 1; overrides what is recognised. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1_000)
  headerRow?: number;
}
