import { Body, Controller, Get, Patch, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, IfMatch, Problems, withEtag } from '@muster/platform';
import { CompaniesService } from './companies.service.js';
import { ChangeCompanyBody, CompanyDto } from './company.dto.js';

@ApiTags('company')
@Controller('v1/company')
export class OwnCompanyController {
  constructor(private readonly companies: CompaniesService) {}

  /** Reads the settings of the caller's company. */
  @Get()
  @Allow({ roles: ['administrator', 'supervisor', 'user'], scope: 'company:read' })
  @ApiOkResponse({ type: CompanyDto })
  async getOwnCompany(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CompanyDto> {
    return withEtag(response, await this.companies.get(caller, caller.companyId));
  }

  /** Changes settings of the caller's company; what is left out stays. */
  @Patch()
  @Allow({ roles: ['administrator'], scope: 'company:write' })
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: CompanyDto })
  @Problems('version_conflict')
  async changeOwnCompany(
    @CurrentCaller() caller: Caller,
    @Body() change: ChangeCompanyBody,
    @Res({ passthrough: true }) response: Response,
    @IfMatch() expected?: number,
  ): Promise<CompanyDto> {
    return withEtag(response, await this.companies.change(caller, change, expected));
  }
}
