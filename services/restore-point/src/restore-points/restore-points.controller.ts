import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, PageQuery, pageOf, Problems, type Caller, type Page } from '@muster/platform';
import { RestorePointDto } from './restore-point.dto.js';
import { RestorePointsService } from './restore-points.service.js';

@ApiTags('restore-points')
@Controller('v1/restore-points')
export class RestorePointsController {
  constructor(private readonly points: RestorePointsService) {}

  /** Lists the restore points of the company, the newest first. */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'restore-points:read' })
  @ApiOkResponse({ type: pageOf(RestorePointDto) })
  @Problems('invalid_cursor')
  listRestorePoints(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<RestorePointDto>> {
    return this.points.list(caller, query);
  }

  /** Reads a restore point. */
  @Get(':id')
  @Allow({ roles: ['administrator'], scope: 'restore-points:read' })
  @ApiOkResponse({ type: RestorePointDto })
  @Problems('restore_point_not_found')
  getRestorePoint(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<RestorePointDto> {
    return this.points.get(caller, id);
  }
}
