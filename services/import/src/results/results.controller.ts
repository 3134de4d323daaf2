import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, MEDIA_TYPES, Problems, type Caller } from '@muster/platform';
import { ResultsService } from './results.service.js';
import { ImportRowPage } from './row.dto.js';
import { ResultsQuery, RowsQuery } from './rows-query.dto.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class ResultsController {
  constructor(private readonly results: ResultsService) {}

  /**
   * Lists rows with outcome, record, field diff and problems, in the order of the file. One request looks at 25,000 rows at
   * most: with a filter that matches little a page may hold fewer items than `limit`, or none, and still have a
   * `nextCursor`; go on until it is null. Before a plan and after an import that ended without a run, every row is
   * `unprocessed`; what is wrong with the row itself is listed all the same.
   */
  @Get('rows')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportRowPage })
  @Problems('import_not_found', 'invalid_cursor', 'file_removed')
  listImportRows(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: RowsQuery,
  ): Promise<ImportRowPage> {
    return this.results.rows(caller, id, query);
  }

  /** Downloads rows of one kind with their original columns. */
  @Get('results')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('import_not_found', 'file_removed')
  downloadImportResults(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { outcome: kind, format = 'csv', language = caller.language }: ResultsQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.results.send(caller, id, { kind, format, language }, response);
  }
}
