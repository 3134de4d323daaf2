import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, Idempotent, PageQuery, Problems, type Caller } from '@muster/platform';
import {
  MassChangeDto,
  MassChangePage,
  MassChangeRowPage,
  MassChangeRowsQuery,
  StartMassChangeBody,
} from './mass-change.dto.js';
import { MassChanges } from './mass-changes.service.js';

const ADMINISTRATORS = { roles: ['administrator'], scope: 'users:write' } as const;
const SOON_SECONDS = 1;

@ApiTags('users')
@Controller('v1/users/bulk')
export class MassChangesController {
  constructor(private readonly changes: MassChanges) {}

  /**
   * Changes many accounts in the background, by ids or by a filter. First it is worked out what would become of each; a
   * restore point is taken before the first write. Nothing is ever deleted.
   */
  @Post()
  @HttpCode(202)
  @Idempotent()
  @Allow(ADMINISTRATORS)
  @ApiAcceptedResponse({ type: MassChangeDto })
  @Problems('user_import_not_available', 'users_not_chosen', 'mass_change_running')
  async startMassChange(
    @CurrentCaller() caller: Caller,
    @Body() body: StartMassChangeBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MassChangeDto> {
    return accepted(response, await this.changes.start(caller, body));
  }

  /** Lists mass changes, the latest first; kept for 30 days. */
  @Get()
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: MassChangePage })
  @Problems('invalid_cursor')
  listMassChanges(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<MassChangePage> {
    return this.changes.list(caller, query);
  }

  /** Reads a mass change: its state, its plan, and what became of the accounts. */
  @Get(':id')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: MassChangeDto })
  @Problems('mass_change_not_found')
  getMassChange(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MassChangeDto> {
    return this.changes.get(caller, id);
  }

  /** Lists the accounts of a mass change with what becomes of each, field by field, and what stands in the way. */
  @Get(':id/rows')
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: MassChangeRowPage })
  @Problems('mass_change_not_found', 'invalid_cursor')
  listMassChangeRows(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: MassChangeRowsQuery,
  ): Promise<MassChangeRowPage> {
    return this.changes.rows(caller, id, query);
  }

  /** Runs what was planned. Beyond the limits of the guard it waits for approval. */
  @Post(':id/run')
  @HttpCode(202)
  @Allow(ADMINISTRATORS)
  @ApiAcceptedResponse({ type: MassChangeDto })
  @Problems('mass_change_not_found', 'mass_change_state', 'mass_change_running', 'user_import_not_available')
  async runMassChange(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MassChangeDto> {
    return accepted(response, await this.changes.run(caller, id));
  }

  /** Lets a mass change go beyond the limits of the guard, this once. No key may. */
  @Post(':id/approve')
  @HttpCode(202)
  @Allow({ roles: ['administrator'] })
  @ApiAcceptedResponse({ type: MassChangeDto })
  @Problems('mass_change_not_found', 'mass_change_state', 'mass_change_running', 'user_import_not_available')
  async approveMassChange(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MassChangeDto> {
    return accepted(response, await this.changes.approve(caller, id));
  }

  /** Ends a mass change before, or in the middle of, its run; what was written stays. */
  @Post(':id/cancel')
  @HttpCode(200)
  @Allow(ADMINISTRATORS)
  @ApiOkResponse({ type: MassChangeDto })
  @Problems('mass_change_not_found', 'mass_change_state')
  cancelMassChange(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MassChangeDto> {
    return this.changes.cancel(caller, id);
  }
}

function accepted(response: Response, change: MassChangeDto): MassChangeDto {
  response.setHeader('Location', change.links.self).setHeader('Retry-After', SOON_SECONDS);
  return change;
}
