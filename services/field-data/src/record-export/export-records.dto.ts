import { IntersectionType, OmitType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { ExportFileQuery, Text } from '@muster/platform';
import { ListRecordsQuery } from '../record-api/list-records.dto.js';

export class ExportRecordsQuery extends IntersectionType(
  ExportFileQuery,
  OmitType(ListRecordsQuery, ['limit', 'cursor']),
) {
  /**
   * Ids of fields with commas between them: these columns in this order; `repEmail` and `repEmployeeNumber` tell whose a
   * record is. Preset: all.
   * @example repEmail,externalId,customFields.size
   */
  @IsOptional()
  @Text(10_000)
  fields?: string;
}
