import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { Response } from 'express';
import { LANGUAGES, type Language } from '@muster/contracts';
import {
  Allow,
  CurrentCaller,
  EXPORT_FORMATS,
  MEDIA_TYPES,
  Problems,
  Text,
  TextProblems,
  type Caller,
} from '@muster/platform';
import { UserExport } from './export.service.js';

/** The parameters that connectors already use. */
export class DropInExportQuery {
  /** Preset: xlsx. */
  @IsOptional()
  @IsIn(EXPORT_FORMATS)
  @ApiProperty({ enum: EXPORT_FORMATS, required: false })
  format?: (typeof EXPORT_FORMATS)[number];

  /** Of headers and words. Preset: the caller's. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;

  /** Ids of fields with commas between them: these columns in this order. Preset: all. @example email,lastName,home.city */
  @IsOptional()
  @Text(4_000)
  exportFields?: string;
}

@ApiTags('drop-in')
@Controller('api')
export class DropInExportController {
  constructor(private readonly exports: UserExport) {}

  /** Downloads all staff accounts in one call, with the parameters that connectors already use. */
  @Get('ExportUsers')
  @Allow({ roles: ['administrator'], scope: 'users:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @TextProblems()
  @Problems('user_import_not_available', 'export_too_large')
  dropInExportUsers(
    @CurrentCaller() caller: Caller,
    @Query() { format = 'xlsx', language, exportFields: fields }: DropInExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    const chosen = { format, ...(language && { language }), ...(fields !== undefined && { fields }) };
    return this.exports.send(caller, chosen, response);
  }
}
