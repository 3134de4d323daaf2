import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBody, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import {
  Allow,
  Bodies,
  type Caller,
  CurrentCaller,
  IfMatch,
  Problems,
  RequiredIfMatch,
  withEtag,
} from '@muster/platform';
import { readCreateBody } from './create-body.js';
import { ApproveImportBody } from './import-commands.dto.js';
import { ChangeImportBody, CreateImportBody, UnattendedImportForm } from './import-request.dto.js';
import { ImportDto, ImportPage } from './import.dto.js';
import { ImportListQuery } from '../history/history.dto.js';
import { ImportHistory } from '../history/history.service.js';
import { RunImportBody } from '../reps/run-import.dto.js';
import { IF_SHOWN } from './if-shown.js';
import { ImportChanges } from './import-changes.service.js';
import { ImportsService } from './imports.service.js';

const WRITE = { roles: ['administrator'], scope: 'imports:write' } as const;
const READ = { roles: ['administrator'], scope: 'imports:read' } as const;

@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(
    private readonly imports: ImportsService,
    private readonly history: ImportHistory,
    private readonly changes: ImportChanges,
  ) {}

  /**
   * Makes an import of an uploaded file, or opens one for a file in parts (JSON), or does all of it in one call with file and
   * configuration (multipart); there the file may be a part of several, which any number of calls send in any order.
   */
  @Post()
  @HttpCode(202)
  @Allow(WRITE)
  @Bodies({ 'application/json': CreateImportBody, 'multipart/form-data': UnattendedImportForm })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'upload_not_found', 'file_removed', 'user_import_not_available', 'configuration_invalid', 'configuration_not_chosen',
    'configuration_not_found', 'import_running', 'file_missing', 'file_empty', 'no_data_rows',
    'file_too_large', 'too_many_rows', 'file_unreadable', 'unsupported_format', 'unbalanced_quotes', 'wrong_encoding',
    'parts_open', 'part_out_of_range', 'part_columns_differ', 'parts_closed', 'series_in_use', 'series_closed', 'series_too_large',
    'series_too_many_rows', 'import_state', 'idempotency_key_in_use', 'idempotency_key_reused',
  ) // prettier-ignore
  async startImport(
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<ImportDto> {
    const multipart = request.is('multipart/form-data') !== false;
    const body = multipart
      ? await this.imports.createUnattended(caller, request, key)
      : await this.imports.create(caller, await readCreateBody(request), key);
    response.setHeader('Location', `/v1/imports/${body.id}`).setHeader('Retry-After', '1');
    return body;
  }

  /** Lists the imports that the filters let pass, newest first. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: ImportPage })
  @Problems('invalid_cursor')
  listImports(@CurrentCaller() caller: Caller, @Query() query: ImportListQuery): Promise<ImportPage> {
    return this.history.list(caller, query);
  }

  /** Reads state, counters and links of an import. */
  @Get(':id')
  @Allow(READ)
  @ApiOkResponse({ type: ImportDto })
  @Problems('import_not_found')
  async getImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.get(caller, id));
  }

  /**
   * Replaces the configuration, the file, or both; the import is a draft again. Reps that were imported keep what became of
   * their rows: it holds for those that are left, and who was left out or skipped stays so.
   */
  @Patch(':id')
  @Allow(WRITE)
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: ImportDto })
  @Problems(
    'import_not_found',
    'import_state',
    'import_entity_fixed',
    'upload_not_found',
    'parts_open',
    'configuration_invalid',
    'precondition_required',
    'version_conflict',
    'user_import_not_available',
    'file_removed',
    'part_columns_differ',
  )
  async changeImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() body: ChangeImportBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.changes.change(caller, id, body, expected));
  }

  /** Reads the file and cuts it by rep. */
  @Post(':id/stage')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems('import_not_found', 'import_state', 'parts_open', 'version_conflict')
  async stageImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.stage(caller, id, shown));
  }

  /** Finds out what a run would do with every row. */
  @Post(':id/plan')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'import_not_found',
    'import_state',
    'no_known_rep',
    'user_import_not_available',
    'parts_open',
    'version_conflict',
  )
  async planImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.plan(caller, id, shown));
  }

  /**
   * Makes a restore point and writes the rows, of the chosen reps or of all that are left, now or in the company's night.
   * Skipped ones stay skipped.
   */
  @Post(':id/run')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @ApiBody({ type: RunImportBody, required: false })
  @Problems(
    'import_not_found', 'import_state', 'import_running', 'no_known_rep', 'user_import_not_available',
    'unknown_rep_in_request', 'rep_not_waiting', 'import_without_reps', 'parts_open', 'version_conflict',
  ) // prettier-ignore
  async runImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Body() body: RunImportBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.run(caller, id, body, shown));
  }

  /** Lets a run go beyond the limits of the guard, this once: as far as its plan does, or to higher limits. No key may. */
  @Post(':id/approve')
  @HttpCode(202)
  @Allow({ roles: ['administrator'] })
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @ApiBody({ type: ApproveImportBody, required: false })
  @Problems(
    'import_not_found',
    'import_state',
    'import_running',
    'guard_exceeded',
    'waits_behind',
    'user_import_not_available',
    'version_conflict',
  )
  async approveImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Body() body: ApproveImportBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.approve(caller, id, body, shown));
  }

  /** Stops after the chunks in flight; the rest is unprocessed. */
  @Post(':id/abort')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems('import_not_found', 'import_state')
  abortImport(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportDto> {
    return this.imports.abort(caller, id);
  }

  /** Runs the rows that are unprocessed. */
  @Post(':id/resume')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'import_not_found',
    'import_state',
    'import_running',
    'waits_behind',
    'file_removed',
    'user_import_not_available',
    'version_conflict',
  )
  async resumeImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.resume(caller, id, shown));
  }

  /** Closes an import that waits: what is left of it stays unprocessed. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiOkResponse({ type: ImportDto })
  @Problems('import_not_found', 'import_state', 'version_conflict')
  async cancelImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.imports.cancel(caller, id, shown));
  }
}
