import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  type AccessRule,
  Allow,
  type Caller,
  CurrentCaller,
  Idempotent,
  IfMatch,
  type Page,
  pageOf,
  Problems,
  withOwnEtag,
} from '@muster/platform';
import { IF_MATCH, READ_RECORDS } from '../record-api/access-rules.js';
import { CustomFieldDto, CustomFieldInput, CustomFieldPatch, ListCustomFieldsQuery } from './custom-field.dto.js';
import { CustomFields } from './custom-fields.service.js';

const WRITE: AccessRule = { roles: ['administrator'], scope: 'records:write' };

@ApiTags('custom-fields')
@Controller('v1/custom-fields')
export class CustomFieldsController {
  constructor(private readonly fields: CustomFields) {}

  /** Lists the fields that the company added to its records. */
  @Get()
  @Allow(READ_RECORDS)
  @ApiOkResponse({ type: pageOf(CustomFieldDto) })
  listCustomFields(
    @CurrentCaller() caller: Caller,
    @Query() query: ListCustomFieldsQuery,
  ): Promise<Page<CustomFieldDto>> {
    return this.fields.list(caller, query);
  }

  /** Adds a field to one kind of records; at most 100 to each. Its name and type never change. */
  @Post()
  @HttpCode(201)
  @Idempotent()
  @Allow(WRITE)
  @ApiCreatedResponse({ type: CustomFieldDto })
  @Problems('custom_field_name_taken', 'custom_field_being_removed', 'custom_field_limit')
  async createCustomField(
    @CurrentCaller() caller: Caller,
    @Body() input: CustomFieldInput,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomFieldDto> {
    return withOwnEtag(response, await this.fields.create(caller, input));
  }

  /** Changes the texts and the values of a field by a JSON merge patch. A value that records have cannot be taken away. */
  @Patch(':id')
  @Allow(WRITE)
  @ApiHeader(IF_MATCH)
  @ApiOkResponse({ type: CustomFieldDto })
  @Problems('custom_field_not_found', 'version_conflict', 'option_in_use')
  async changeCustomField(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
    @Body() patch: CustomFieldPatch,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CustomFieldDto> {
    return withOwnEtag(response, await this.fields.change(caller, id, version, patch));
  }

  /** Deletes a field. Its values are gone at once for everybody, and are taken out of the records step by step. */
  @Delete(':id')
  @HttpCode(204)
  @Allow(WRITE)
  @ApiHeader(IF_MATCH)
  @ApiNoContentResponse()
  @Problems('custom_field_not_found', 'version_conflict')
  deleteCustomField(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @IfMatch() version: number | undefined,
  ): Promise<void> {
    return this.fields.remove(caller, id, version);
  }
}
