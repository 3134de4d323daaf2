import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Res, type Type } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Response } from 'express';
import {
  Allow,
  Bodies,
  CurrentCaller,
  etag,
  Idempotent,
  IfMatch,
  MEDIA_TYPES,
  pageOf,
  Problems,
  type Caller,
  type Page,
} from '@muster/platform';
import { ExportRecordsQuery } from '../record-export/export-records.dto.js';
import { RecordExport } from '../record-export/record-export.service.js';
import { IF_MATCH, READ_RECORDS, WRITE_RECORDS } from './access-rules.js';
import { ListRecordsQuery } from './list-records.dto.js';
import type { RecordDto } from './record.dto.js';
import type { RecordKind } from './record-kind.js';
import { recordModels } from './record-models.js';
import { RecordsService } from './records.service.js';

/** The controller of one kind of records; its operations are `listCustomers`, `createTask` and so on. */
export function recordsController(kind: RecordKind): Type<object> {
  const { path, name, label, notFound } = kind;
  const { dto, input, patch } = recordModels(kind);
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
      return withEtag(response, await this.records.create(kind, caller, body));
    }

    // Stands before the next one, which would take `export` for an id.
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
      return withEtag(response, await this.records.get(kind, caller, id));
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
      return withEtag(response, await this.records.change(kind, caller, id, version, body));
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
  Object.defineProperty(RecordsController, 'name', { value: `${name}sController` });
  return RecordsController;
}

function withEtag(response: Response, record: RecordDto): RecordDto {
  response.setHeader('ETag', etag(record.version));
  return record;
}
