import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, Bodies, type Caller, CurrentCaller, Problems } from '@muster/platform';
import { ImportDto } from '../imports/import.dto.js';
import { FILE_PROBLEMS } from '../uploads/file-problems.js';
import { partNumber, readPutBody } from './put-part.js';
import { ClosePartsBody, ImportPartsDto, PartForm, PutPartBody, StoredPartDto } from './parts.dto.js';
import { PartsService } from './parts.service.js';

const WRITE = { roles: ['administrator'], scope: 'imports:write' } as const;

@ApiTags('imports')
@Controller('v1/imports/:id/parts')
export class PartsController {
  constructor(private readonly parts: PartsService) {}

  /** Lists the parts that are in, and says which are missing: who goes on with a series compares their SHA-256. */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: ImportPartsDto })
  @Problems('import_not_found')
  listImportParts(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ImportPartsDto> {
    return this.parts.list(caller, id);
  }

  /** Sends one part, or names an upload that becomes it, in place of what was that part before, whose file goes if it came as the part; the same once more changes nothing. */
  @Put(':n')
  @Allow(WRITE)
  @Bodies({ 'application/json': PutPartBody, 'multipart/form-data': PartForm })
  @ApiOkResponse({ type: StoredPartDto })
  @Problems(
    'import_not_found', 'import_state', 'parts_closed', 'part_out_of_range', 'part_columns_differ', 'series_too_large',
    'series_too_many_rows', 'upload_not_found', 'file_removed', 'file_missing', ...FILE_PROBLEMS,
  ) // prettier-ignore
  async putImportPart(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('n') n: string,
    @Req() request: Request,
  ): Promise<StoredPartDto> {
    const part = partNumber(n);
    if (request.is('multipart/form-data') !== false) return this.parts.putFile(caller, id, part, request);
    return this.parts.putUpload(caller, id, part, await readPutBody(request));
  }

  /** Takes one part back, with its file if that came as the part; one that is not in changes nothing. */
  @Delete(':n')
  @Allow(WRITE)
  @ApiOkResponse({ type: ImportPartsDto })
  @Problems('import_not_found', 'import_state', 'parts_closed', 'part_out_of_range')
  removeImportPart(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('n') n: string,
  ): Promise<ImportPartsDto> {
    return this.parts.remove(caller, id, partNumber(n));
  }

  /** Says that all parts are in: they are staged as one file, and planned and run if asked for. */
  @Post('close')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'import_not_found', 'import_state', 'parts_closed', 'parts_missing', 'part_out_of_range', 'part_count_differs',
    'import_running',
  ) // prettier-ignore
  async closeImportParts(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: ClosePartsBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    const closed = await this.parts.close(caller, id, body);
    response.setHeader('Location', `/v1/imports/${closed.id}`).setHeader('Retry-After', '1');
    return closed;
  }
}
