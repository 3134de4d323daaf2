import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, PageQuery, Problems, type Caller } from '@muster/platform';
import { LicenceHolderPage, LicencesDto } from './licences.dto.js';
import { LicencesService } from './licences.service.js';

const READ = { roles: ['administrator'], scope: 'users:read' } as const;

@ApiTags('licences')
@Controller('v1/licences')
export class LicencesController {
  constructor(private readonly licences: LicencesService) {}

  /** Says how many licences the company has and uses. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: LicencesDto })
  getLicences(@CurrentCaller() caller: Caller): Promise<LicencesDto> {
    return this.licences.get(caller);
  }

  /** Lists the deactivated accounts that use a licence, which should be deleted now and then. */
  @Get('deactivated-holders')
  @Allow(READ)
  @ApiOkResponse({ type: LicenceHolderPage })
  @Problems('invalid_cursor')
  listDeactivatedLicenceHolders(
    @CurrentCaller() caller: Caller,
    @Query() query: PageQuery,
  ): Promise<LicenceHolderPage> {
    return this.licences.deactivatedHolders(caller, query);
  }
}
