import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { AbsenteesQuery, ImportAbsenteePage } from './absentee.dto.js';
import { AbsenteesService } from './absentees.service.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class ImportAbsenteesController {
  constructor(private readonly absentees: AbsenteesService) {}

  /**
   * Lists what is absent from the file of a sync: what a plan would remove, to be looked at before somebody approves, and
   * what became of it. Empty before the plan, and of other imports.
   */
  @Get('absentees')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportAbsenteePage })
  @Problems('import_not_found', 'invalid_cursor')
  listImportAbsentees(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: AbsenteesQuery,
  ): Promise<ImportAbsenteePage> {
    return this.absentees.list(caller, id, query);
  }
}
