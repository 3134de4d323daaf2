import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, MEDIA_TYPES, Problems, type Caller } from '@muster/platform';
import { PlanFileQuery } from './plan-query.dto.js';
import { PlanFiles } from './plan-files.service.js';

@ApiTags('imports')
@Controller('v1/imports/:id/plan')
export class PlanFileController {
  constructor(private readonly plans: PlanFiles) {}

  /**
   * Downloads the plan: every row as it will be stored, in the order of the file, with what happens to it. Changed cells are
   * coloured, and what they were stands beside them. Only of what is left to run, while it is planned.
   */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('import_not_found', 'import_without_plan', 'unknown_rep_in_request', 'file_removed', 'export_too_large')
  downloadImportPlan(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { format = 'xlsx', language = caller.language, rep }: PlanFileQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.plans.send(caller, id, { format, language }, rep, response);
  }
}
