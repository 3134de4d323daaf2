import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Res, type Type } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, Bodies, type Caller, CurrentCaller, IfMatch, Problems, withOwnEtag } from '@muster/platform';
import { IF_MATCH, READ_RECORDS, WRITE_RECORDS } from './access-rules.js';
import type { RecordDto } from './record.dto.js';
import type { RecordKind } from './record-kind.js';
import { recordModels } from './record-models.dto.js';
import { RecordsService } from './records.service.js';

/** The controller of single records of a kind; its operations are `getCustomer`, `changeTask` and so on. */
export function recordController(kind: RecordKind): Type<object> {
  const { path, name, label, notFound } = kind;
  const { dto, patch } = recordModels(kind);
  const summary = (text: string) => ApiOperation({ summary: text });

  @ApiTags(path)
  @Controller(`v1/${path}`)
  class RecordController {
    constructor(private readonly records: RecordsService) {}

    @Get(':id')
    @Allow(READ_RECORDS)
    @summary(`Reads ${label}.`)
    @ApiOkResponse({ type: dto })
    @Problems(notFound)
    async [`get${name}`](
      @CurrentCaller() caller: Caller,
      @Param('id') id: string,
      @Res({ passthrough: true }) response: Response,
    ): Promise<RecordDto> {
      return withOwnEtag(response, await this.records.get(kind, caller, id));
    }

    @Patch(':id')
    @Allow(WRITE_RECORDS)
    @summary(`Changes ${label} by a JSON merge patch; with If-Match only if nobody has changed it meanwhile.`)
    @ApiHeader(IF_MATCH)
    @Bodies({ 'application/json': patch })
    @ApiOkResponse({ type: dto })
    @Problems(notFound, 'version_conflict', 'validation_failed', 'external_id_fixed', 'external_id_taken')
    async [`change${name}`](
      @CurrentCaller() caller: Caller,
      @Param('id') id: string,
      @IfMatch() version: number | undefined,
      @Body() body: Record<string, unknown>,
      @Res({ passthrough: true }) response: Response,
    ): Promise<RecordDto> {
      return withOwnEtag(response, await this.records.change(kind, caller, id, version, body));
    }

    @Delete(':id')
    @HttpCode(204)
    @Allow(WRITE_RECORDS)
    @summary(`Puts ${label} into the recycle bin.`)
    @ApiHeader(IF_MATCH)
    @ApiNoContentResponse()
    @Problems(notFound, 'version_conflict')
    [`delete${name}`](
      @CurrentCaller() caller: Caller,
      @Param('id') id: string,
      @IfMatch() version: number | undefined,
    ): Promise<void> {
      return this.records.remove(kind, caller, id, version);
    }
  }
  return RecordController;
}
