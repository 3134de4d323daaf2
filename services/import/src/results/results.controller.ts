import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
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
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('import_not_found', 'file_removed')
  async downloadImportResults(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: ResultsQuery,
  ): Promise<StreamableFile> {
    const { name, content } = await this.results.file(caller, id, query.outcome, query.language ?? caller.language);
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new StreamableFile(content, { type: 'text/csv; charset=utf-8', disposition });
  }
}
