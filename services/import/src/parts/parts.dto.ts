import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { ImportConfiguration } from '@muster/import-model';
import type { NextStep } from '../imports/import-job.entity.js';
import { STEPS, type Then } from '../imports/unattended-form.js';
import { contentOf, EarlierImportDto, recognisedSource, RecognisedSource, UploadForm } from '../uploads/upload.dto.js';
import type { EarlierImport } from '../uploads/upload.repository.js';
import { RowOffset } from './row-offset.js';
import { SeriesName } from './series-name.js';
import { missingParts, MOST_PARTS, type NumberedPart } from './part-rules.js';
import type { UploadSeries } from './upload-series.entity.js';

/** Opens an import for a file that is sent in parts. */
export class OpenPartsBody {
  /**
   * What the senders call the series, in the company: sent again while it is open, it is answered with its import. Choose
   * another one for each run. @example erp-customers-2026-07-31
   */
  @IsOptional()
  @SeriesName()
  seriesId?: string;

  /** How many parts there will be, as far as that is known. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_PARTS)
  count?: number;
}

export class PutPartBody {
  /** An upload that becomes the part. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsString()
  uploadId!: string;

  /** As in the form. @example 100000 */
  @RowOffset()
  rowOffset?: number;
}

/** The multipart form of a part, for the API document; it is read as a stream. */
export class PartForm extends UploadForm {
  /**
   * For parts that were cut from one file: what is to be added to the row numbers of this part to have those of that file.
   * When all parts say so, rows are told by the numbers of that file everywhere, and no part is named. Each part then
   * begins below the end of the one before. @example 100000
   */
  @RowOffset()
  rowOffset?: number;
}

export class ClosePartsBody {
  /** How many parts there are; each of them must be in. @example 3 */
  @IsInt()
  @Min(1)
  @Max(MOST_PARTS)
  count!: number;

  /** How far to go by itself. Preset: what was said when the import was opened, else stage. */
  @IsOptional()
  @IsIn(STEPS)
  @ApiPropertyOptional({ enum: STEPS })
  then?: Then;
}

/** Of a file that is sent in parts. */
export class PartsSummaryDto {
  /** What the senders call the series; null: they go by the import. */
  @ApiProperty({ type: String, nullable: true })
  seriesId!: string | null;
  /** How many parts there are; null while nobody said so. */
  @ApiProperty({ type: Number, nullable: true })
  count!: number | null;
  /** How many of them are in. */
  received!: number;
  /** Numbers of those that are not; empty while it is unknown how many there are. */
  missing!: number[];
  /** All are in, and nothing is replaced any more. */
  closed!: boolean;
}

export class ImportPartDto {
  /** @example 2 */
  part!: number;
  /** The upload with its file. */
  uploadId!: string;
  fileName!: string;
  /** Bytes. */
  size!: number;
  /** Lower-case hexadecimal: who goes on with a series compares it with what is to be sent. */
  sha256!: string;
  /** Data rows that are not blank. */
  rows!: number;
  /** What its rows are further down in the file that it was cut from; null: it is a file of its own. */
  @ApiProperty({ type: Number, nullable: true })
  rowOffset!: number | null;
  source!: RecognisedSource;
  createdAt!: Date;
  /** When its time was over; null: the file is kept. */
  fileRemovedAt!: Date | null;
  /** Where its bytes are (`content`), while they are kept. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  links!: Record<string, string>;
}

export class StoredPartDto extends ImportPartDto {
  /** Imports of files with the same content, newest first. */
  earlierImports!: EarlierImportDto[];
}

export class ImportPartsDto extends PartsSummaryDto {
  /** Those that are in, by number. */
  items!: ImportPartDto[];
}

/** What is known of a series beside its files. */
export interface PartFacts {
  readonly seriesId: string | null;
  readonly partCount: number | null;
  readonly closed: boolean;
  /** Of the parts that are in. */
  readonly numbers: readonly number[];
}

/** @param series null: the import takes no parts */
export function partFacts(series: UploadSeries | null, parts: readonly Pick<NumberedPart, 'part'>[]): PartFacts {
  const { seriesId = null, partCount = null } = series ?? {};
  const closed = series === null || series.closedAt !== null;
  return { seriesId, partCount, closed, numbers: parts.map(({ part }) => part) };
}

/** Staging comes first in any case; what only checks never runs, and is in nobody's way. */
export function nextStepOf(then: Then, { options }: Pick<ImportConfiguration, 'options'>): NextStep | null {
  if (then === 'stage') return null;
  return options.validateOnly ? 'plan' : then;
}

export function partsSummary({ seriesId, partCount, closed, numbers }: PartFacts): PartsSummaryDto {
  const missing = missingParts({ partCount, parts: numbers.map((part) => ({ part })) });
  return { seriesId, count: partCount, received: numbers.length, missing, closed };
}

export function partDto({ upload, part, rowOffset }: NumberedPart): ImportPartDto {
  const { id: uploadId, fileName, byteSize: size, sha256, rowCount: rows, source, createdAt, fileRemovedAt } = upload;
  const links: ImportPartDto['links'] = fileRemovedAt ? {} : { content: contentOf(uploadId) };
  return {
    ...{ part, uploadId, fileName, size, sha256, rows, rowOffset: rowOffset ?? null },
    ...{ source: recognisedSource(source), createdAt, fileRemovedAt, links },
  };
}

export function storedPartDto(part: NumberedPart, earlierImports: EarlierImport[]): StoredPartDto {
  return { ...partDto(part), earlierImports };
}
