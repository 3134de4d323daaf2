import { Body, Controller, Get, HttpCode, Post, Query, Res, type Type } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import {
  Allow,
  Bodies,
  type Caller,
  CurrentCaller,
  Idempotent,
  MEDIA_TYPES,
  type Page,
  pageOf,
  Problems,
  withOwnEtag,
} from '@muster/platform';
import { ExportRecordsQuery } from '../record-export/export-records.dto.js';
import { RecordExport } from '../record-export/record-export.service.js';
import { READ_RECORDS, WRITE_RECORDS } from './access-rules.js';
import { ListRecordsQuery } from './list-records.dto.js';
import type { RecordDto } from './record.dto.js';
import type { RecordKind } from './record-kind.js';
import { recordModels } from './record-models.dto.js';
import { RecordsService } from './records.service.js';

/**
 * The controller of all records of a kind; its operations are `listCustomers`, `createTask` and so on. Stands before that of
 * single ones, which would take `export` for an id.
 */
export function recordsController(kind: RecordKind): Type<object> {
  const { path, name, label } = kind;
  const { dto, input } = recordModels(kind);
  const summary = (text: string) => ApiOperation({ summary: text });

  @ApiTags(path)
  @Controller(`v1/${path}`)
  class RecordsController {
    constructor(
      private readonly records: RecordsService,
      private readonly exports: RecordExport,
    ) {}

    @Get()
    @Allow(READ_RECORDS)
    @summary(
      `Lists ${path}: all of the company for administrators and API keys, those of their groups' reps for supervisors, else the own.`,
    )
    @ApiOkResponse({ type: pageOf(dto) })
    @Problems('invalid_cursor', 'validation_failed')
    [`list${name}s`](@CurrentCaller() caller: Caller, @Query() query: ListRecordsQuery): Promise<Page<RecordDto>> {
      return this.records.list(kind, caller, query);
    }

    @Post()
    @HttpCode(201)
    @Idempotent()
    @Allow(WRITE_RECORDS)
    @summary(`Adds ${label} to a rep.`)
    @Bodies({ 'application/json': input })
    @ApiCreatedResponse({ type: dto })
    @Problems('validation_failed', 'rep_unknown', 'external_id_taken')
    async [`create${name}`](
      @CurrentCaller() caller: Caller,
      @Body() body: Record<string, unknown>,
      @Res({ passthrough: true }) response: Response,
    ): Promise<RecordDto> {
      return withOwnEtag(response, await this.records.create(kind, caller, body));
    }

    @Get('export')
    @Allow(READ_RECORDS)
    @summary(`Downloads the ${path} that the filters let pass; imported again as it is, the file changes nothing.`)
    @ApiProduces(...Object.values(MEDIA_TYPES))
    @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
    @Problems('export_too_large')
    [`export${name}s`](
      @CurrentCaller() caller: Caller,
      @Query() query: ExportRecordsQuery,
      @Res() response: Response,
    ): Promise<void> {
      return this.exports.send(kind, caller, query, response);
    }
  }
  return RecordsController;
}
