import { IsBoolean, IsIn, IsOptional, IsString } from 'class-validator';
import { ROW_OUTCOMES } from '@muster/contracts';
import { asBoolean, pageQueryUpTo } from '@muster/platform';

const FATES = [...ROW_OUTCOMES, 'unprocessed'];

/** Rows of many reps lie in many chunks, all of which a page opens: who wants all rows asks for large ones. */
export class RowsQuery extends pageQueryUpTo(5_000) {
  /** Id of a rep. */
  @IsOptional()
  @IsString()
  rep?: string;

  /** One of created, updated, unchanged, ignored, invalid, failed, unprocessed. */
  @IsOptional()
  @IsIn(FATES)
  outcome?: string;

  /** Only rows with a problem of this code. */
  @IsOptional()
  @IsString()
  code?: string;

  /** true: only rows with which the run did otherwise than the plan showed. */
  @IsOptional()
  @asBoolean
  @IsBoolean()
  changedSincePlan?: boolean;
}

export class ResultsQuery {
  /** successful: created, updated, unchanged. failed: invalid, failed, ignored. unprocessed: never tried. */
  @IsIn(['successful', 'failed', 'unprocessed'])
  outcome!: 'successful' | 'failed' | 'unprocessed';

  /** In a workbook faulty cells are marked and commented. Preset: csv. */
  @IsOptional()
  @IsIn(['csv', 'xlsx', 'ods'])
  format?: 'csv' | 'xlsx' | 'ods';

  /** Language of the messages, and with it the delimiter; preset: the caller's. */
  @IsOptional()
  @IsIn(['en', 'de'])
  language?: 'en' | 'de';
}
