import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { asBoolean, ExportFileQuery, PageQuery, Text } from '@muster/platform';
import { IMPORT_STATES, type ImportState } from '../imports/import-state.js';
import { ORIGINS, type Origin } from '../imports/origin.js';
import { MomentOrDay } from './period.js';

/** `a,b` and `a&state=b` mean the same. */
const asList = Transform(({ value }: { value: unknown }) =>
  [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : [one])),
);

/** What imports are looked for. */
export class HistoryFilterQuery {
  /** @example customer */
  @IsOptional()
  @Text(50)
  entity?: string;

  /** One or several, with commas or repeated. @example ["completedWithErrors", "failed"] */
  @IsOptional()
  @asList
  @ArrayMaxSize(IMPORT_STATES.length)
  @IsIn(IMPORT_STATES, { each: true })
  @ApiProperty({ enum: IMPORT_STATES, isArray: true, required: false })
  state?: ImportState[];

  @IsOptional()
  @MomentOrDay(
    'Made not before this moment; a date, or date and time, without an offset is the company’s.',
    '2026-11-24',
  )
  from?: string;

  @IsOptional()
  @MomentOrDay('Made before this moment; a date, which is the company’s, is included as a whole.', '2026-11-24')
  to?: string;

  /** Id of the saved configuration that they were made with. */
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  configuration?: string;

  /** Who made them. @example key:0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsOptional()
  @Text(100)
  createdBy?: string;

  /** Nobody looks at them: a connector or one call does all of it. */
  @IsOptional()
  @asBoolean
  @IsBoolean()
  unattended?: boolean;

  /** How they came in. Of imports from before that was kept it is not known. */
  @IsOptional()
  @IsIn(ORIGINS)
  @ApiProperty({ enum: ORIGINS, required: false })
  origin?: Origin;

  /** Rows were invalid or failed, or the import did not come to its end (`failed`, `aborted`). */
  @IsOptional()
  @asBoolean
  @IsBoolean()
  hasErrors?: boolean;
}

export class ImportListQuery extends IntersectionType(HistoryFilterQuery, PageQuery) {}

export class ImportExportQuery extends IntersectionType(ExportFileQuery, HistoryFilterQuery) {}
