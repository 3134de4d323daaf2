import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  Allow,
  Bodies,
  CurrentCaller,
  etag,
  Idempotent,
  IfMatch,
  pageOf,
  Problems,
  type AccessRule,
  type Caller,
  type Page,
} from '@muster/platform';
import { CustomerDto, CustomerInput, CustomerPatch, ListCustomersQuery } from './customer.dto.js';
import { CustomersService } from './customers.service.js';

const READ: AccessRule = { roles: ['administrator', 'supervisor', 'user'], scope: 'records:read' };
const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the version that was read.',
  example: '"1"',
};
const WRITE: AccessRule = { ...READ, scope: 'records:write' };

@ApiTags('customers')
@Controller('v1/customers')
export class CustomersController {
  constructor(private readonly customers: CustomersService) {}

  /** Lists customers: all of the company for administrators and API keys, else the caller's own. */
  @Get()
  @Allow(READ)
  @ApiOkResponse({ type: pageOf(CustomerDto) })
  @Problems('invalid_cursor', 'validation_failed')
  listCustomers(@CurrentCaller() caller: Caller, @Query() query: ListCustomersQuery): Promise<Page<CustomerDto>> {
    return this.customers.list(caller, query);
  }

  /** Adds a customer to a rep. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow(WRITE)
  @Bodies({ 'application/json': CustomerInput })
  @ApiCreatedResponse({ type: CustomerDto })
  @Problems('validation_failed', 'rep_unknown', 'external_id_taken')
  async createCustomer(
    @CurrentCaller() caller: Caller,
    @Body() body: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerDto> {
    return withEtag(response, await this.customers.create(caller, body));
  }

  /** Reads a customer. */
  @Get(':id')
  @Allow(READ)
  @ApiOkResponse({ type: CustomerDto })
  @Problems('customer_not_found')
  async getCustomer(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerDto> {
    return withEtag(response, await this.customers.get(caller, id));
  }

  /** Changes a customer by a JSON merge patch; with If-Match only if nobody has changed it meanwhile. */
  @Patch(':id')
  @Allow(WRITE)
  @ApiHeader(IF_MATCH)
  @Bodies({ 'application/json': CustomerPatch })
  @ApiOkResponse({ type: CustomerDto })
  @Problems('customer_not_found', 'version_conflict', 'validation_failed', 'external_id_fixed', 'external_id_taken')
  async changeCustomer(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() patch: Record<string, unknown>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomerDto> {
    return withEtag(response, await this.customers.change(caller, id, version, patch));
  }

  /** Puts a customer into the recycle bin. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(WRITE)
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @Problems('customer_not_found', 'version_conflict')
  deleteCustomer(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    return this.customers.remove(caller, id, version);
  }
}

function withEtag(response: Response, customer: CustomerDto): CustomerDto {
  response.setHeader('ETag', etag(customer.version));
  return customer;
}
