import { Body, Controller, Get, Param, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { AssignmentDto, ChangeAssignmentBody, ImportRepPage } from './assignment.dto.js';
import { AssignmentService } from './assignment.service.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class AssignmentController {
  constructor(private readonly assignment: AssignmentService) {}

  /** Shows whom the values of the rep column name. */
  @Get('assignment')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: AssignmentDto })
  @Problems('import_not_found')
  getAssignment(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<AssignmentDto> {
    return this.assignment.read(caller, id);
  }

  /** Leaves reps out, or takes them in again. A plan that was made before is void. */
  @Patch('assignment')
  @Allow({ roles: ['administrator'], scope: 'imports:write' })
  @ApiOkResponse({ type: AssignmentDto })
  @Problems('import_not_found', 'import_state', 'unknown_rep_in_request')
  changeAssignment(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: ChangeAssignmentBody,
  ): Promise<AssignmentDto> {
    return this.assignment.change(caller, id, body);
  }

  /** Lists the reps in order of first appearance, with what became of their rows. */
  @Get('reps')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportRepPage })
  @Problems('import_not_found')
  listImportReps(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportRepPage> {
    return this.assignment.reps(caller, id);
  }
}
