import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, MEDIA_TYPES, Problems } from '@muster/platform';
import { ImportExportQuery } from './history.dto.js';
import { HistoryExport } from './history-export.service.js';

/** Stands before the controller of imports, which would take `export` for an id. */
@ApiTags('imports')
@Controller('v1/imports/export')
export class HistoryExportController {
  constructor(private readonly exports: HistoryExport) {}

  /** Downloads the history of imports that the filters let pass, newest first, a row for each; times are the company's. */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('export_too_large')
  exportImports(
    @CurrentCaller() caller: Caller,
    @Query() query: ImportExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(caller, query, response);
  }
}
