import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { PartOfSeriesDto } from '../parts/part-of-series.dto.js';

/** Names of delimiters, as connectors write them. `automatic` is recognised, as it is when none is named. */
export const DELIMITER_NAMES = {
  commadelimited: ',',
  semicolondelimited: ';',
  tabdelimited: '\t',
  automatic: undefined,
} as const;
export type DelimiterName = keyof typeof DELIMITER_NAMES;

export const MODES = [
  'Insert',
  'UpdateOrInsert',
  'UpdateOrInsertOrDelete',
  'create',
  'update',
  'upsert',
  'sync',
] as const;

const LONGEST = 254;

/** The parameters of a drop-in call. What they say goes before what the configuration says. */
export class DropInQuery extends PartOfSeriesDto {
  /** What to do with rows whose key is found, or not. */
  @IsOptional()
  @IsIn(MODES)
  mode?: (typeof MODES)[number];

  /** In which language the file writes its values; the answer is in it too. */
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  /** Of CSV. */
  @IsOptional()
  @IsIn(Object.keys(DELIMITER_NAMES))
  delimiter?: DelimiterName;

  /** Of CSV, by any of its usual names. @example windows-1252 */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  encodingName?: string;

  /** The rep of the whole file; where the configuration has a column for reps, only the rows of this one are imported. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  userEmail?: string;

  /** As `userEmail`, by employee number. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  employeeNumber?: string;

  /** A saved configuration by its name, in place of the part `importConfig`. */
  @IsOptional()
  @IsString()
  @MaxLength(LONGEST)
  configurationName?: string;
}

/** The multipart form of a drop-in call, for the API document; it is read as a stream. */
export class DropInForm {
  /** XLSX, ODS or CSV. */
  file!: string;
  /** A configuration document as JSON text; it need not name entity and format version. */
  importConfig?: string;
}
