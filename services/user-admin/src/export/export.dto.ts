import { ApiProperty, OmitType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { EXPORT_FORMATS, Text } from '@muster/platform';
import { UserListQuery } from '../users/user-list.dto.js';

export class UserExportQuery extends OmitType(UserListQuery, ['limit', 'cursor']) {
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS })
  format!: (typeof EXPORT_FORMATS)[number];

  /** Of headers and words, and whose habits the file follows. Preset: the caller's. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;

  /** Ids of fields with commas between them: these columns in this order. Preset: all. @example email,lastName,home.city */
  @IsOptional()
  @Text(4_000)
  fields?: string;
}
