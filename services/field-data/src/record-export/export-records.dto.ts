import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { EXPORT_FORMATS, Text } from '@muster/platform';
import { ListRecordsQuery } from '../record-api/list-records.dto.js';

export class ExportRecordsQuery extends OmitType(ListRecordsQuery, ['limit', 'cursor']) {
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS })
  format!: (typeof EXPORT_FORMATS)[number];

  /** Of headers and words, and whose habits the file follows. Preset: the caller's. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;

  /**
   * Ids of fields with commas between them: these columns in this order; `repEmail` and `repEmployeeNumber` tell whose a
   * record is. Preset: all.
   * @example repEmail,externalId,customFields.size
   */
  @IsOptional()
  @Text(10_000)
  fields?: string;
}
