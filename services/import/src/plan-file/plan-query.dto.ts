import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { EXPORT_FORMATS, Text } from '@muster/platform';

export class PlanFileQuery {
  /** A workbook has the summary on sheets of its own; CSV holds the rows alone. Preset: xlsx. */
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS, required: false })
  format?: (typeof EXPORT_FORMATS)[number];

  /** Of headers, words and messages. Preset: the caller's. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;

  /** Id of a rep: its rows only. */
  @IsOptional()
  @Text(32)
  rep?: string;
}
