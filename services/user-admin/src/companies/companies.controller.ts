import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, IfMatch, PageQuery, Problems, withEtag } from '@muster/platform';
import { CompaniesService } from './companies.service.js';
import {
  CompanyDto,
  CompanyPage,
  CreateCompanyBody,
  DeleteCompanyQuery,
  OperatorChangeCompanyBody,
} from './company.dto.js';

const OPERATORS = { roles: ['operator'] } as const;

@ApiTags('companies')
@Controller('v1/companies')
export class CompaniesController {
  constructor(private readonly companies: CompaniesService) {}

  /** Creates a company with its first administrator. */
  @Post()
  @HttpCode(201)
  @Allow(OPERATORS)
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: CompanyDto })
  @Problems('company_name_taken', 'licence_exceeded', 'idempotency_key_in_use', 'idempotency_key_reused')
  async createCompany(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateCompanyBody,
    @Res({ passthrough: true }) response: Response,
    @Headers('idempotency-key') key?: string,
  ): Promise<CompanyDto> {
    const company = await this.companies.create(caller, body, key);
    response.setHeader('Location', `/v1/companies/${company.id}`);
    return company;
  }

  /** Lists all companies by name. */
  @Get()
  @Allow(OPERATORS)
  @ApiOkResponse({ type: CompanyPage })
  @Problems('invalid_cursor')
  listCompanies(@Query() query: PageQuery): Promise<CompanyPage> {
    return this.companies.list(query);
  }

  /** Reads a company. */
  @Get(':id')
  @Allow(OPERATORS)
  @ApiOkResponse({ type: CompanyDto })
  @Problems('company_not_found')
  async getCompany(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CompanyDto> {
    return withEtag(response, await this.companies.get(caller, id));
  }

  /** Changes a company, its name and licences too; what is left out stays. */
  @Patch(':id')
  @Allow(OPERATORS)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiOkResponse({ type: CompanyDto })
  @Problems('company_not_found', 'company_name_taken', 'version_conflict')
  async changeCompany(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() change: OperatorChangeCompanyBody,
    @Res({ passthrough: true }) response: Response,
    @IfMatch() expected?: number,
  ): Promise<CompanyDto> {
    return withEtag(response, await this.companies.changeAny(caller, id, change, expected));
  }

  /** Deletes a company: nobody of it can sign in any more, and it cannot be brought back. Needs its name. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(OPERATORS)
  @ApiHeader({ name: 'If-Match', required: false })
  @ApiNoContentResponse()
  @Problems('company_not_found', 'company_deletion_not_confirmed', 'version_conflict')
  deleteCompany(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { name }: DeleteCompanyQuery,
    @IfMatch() expected?: number,
  ): Promise<void> {
    return this.companies.remove(caller, id, name, expected);
  }
}
