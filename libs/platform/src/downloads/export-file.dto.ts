import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { EXPORT_FORMATS } from './send-table.js';

/** What file is wished for, beside what is to be in it. */
export class ExportFileQuery {
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS })
  format!: (typeof EXPORT_FORMATS)[number];

  /** Of headers and words, and whose habits the file follows. Preset: the caller's. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;
}
