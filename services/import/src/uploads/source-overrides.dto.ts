import { IsIn, IsOptional } from 'class-validator';
import { CSV_ENCODINGS, DELIMITERS } from '@muster/tabular';

/** What somebody says about a file instead of having it recognised. */
export class SourceOverridesDto {
  /** Overrides what is recognised. @example windows-1252 */
  @IsOptional()
  @IsIn(CSV_ENCODINGS)
  encoding?: string;

  /** Overrides what is recognised: `,` `;` tab or `|`. @example ; */
  @IsOptional()
  @IsIn(DELIMITERS)
  delimiter?: string;
}
