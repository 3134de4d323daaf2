import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, etag, PageQuery, Problems, type Caller } from '@muster/platform';
import { CompaniesService } from './companies.service.js';
import { CompanyDto, CompanyPage, CreateCompanyBody } from './company.dto.js';

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
    const { version, body } = await this.companies.get(caller, id);
    response.setHeader('ETag', etag(version));
    return body;
  }
}
