import { IntersectionType, OmitType } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { ExportFileQuery, Text } from '@muster/platform';
import { UserListQuery } from '../users/user-list.dto.js';

export class UserExportQuery extends IntersectionType(ExportFileQuery, OmitType(UserListQuery, ['limit', 'cursor'])) {
  /** Ids of fields with commas between them: these columns in this order. Preset: all. @example email,lastName,home.city */
  @IsOptional()
  @Text(4_000)
  fields?: string;
}
