import { Body, Controller, Get, Param, Patch, Query, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Problems, RequiredIfMatch, withEtag, type Caller } from '@muster/platform';
import { AssignmentDto, ChangeAssignmentBody, ImportRepPage } from './assignment.dto.js';
import { AssignmentService } from './assignment.service.js';
import { AssignmentQuery, RepsQuery } from './reps-query.dto.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class AssignmentController {
  constructor(private readonly assignment: AssignmentService) {}

  /** Shows whom the values of the rep column name; `GET reps?status=` has pages of them. Its ETag is that of the import. */
  @Get('assignment')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: AssignmentDto })
  @Problems('import_not_found')
  async getAssignment(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: AssignmentQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AssignmentDto> {
    return withEtag(response, await this.assignment.read(caller, id, query));
  }

  /** Leaves reps out, or takes them in again. A plan that was made before is void. */
  @Patch('assignment')
  @Allow({ roles: ['administrator'], scope: 'imports:write' })
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag that was read, or *.' })
  @ApiOkResponse({ type: AssignmentDto })
  @Problems(
    'import_not_found',
    'import_state',
    'unknown_rep_in_request',
    'rep_not_waiting',
    'precondition_required',
    'version_conflict',
  )
  async changeAssignment(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @RequiredIfMatch() expected: number | undefined,
    @Body() body: ChangeAssignmentBody,
    @Query() query: AssignmentQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<AssignmentDto> {
    return withEtag(response, await this.assignment.change(caller, id, body, expected, query));
  }

  /** Lists the reps in order of first appearance, with what became of their rows. */
  @Get('reps')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportRepPage })
  @Problems('import_not_found', 'invalid_cursor')
  listImportReps(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: RepsQuery,
  ): Promise<ImportRepPage> {
    return this.assignment.reps(caller, id, query);
  }
}
