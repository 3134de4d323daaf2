import { Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Allow, CurrentCaller, MEDIA_TYPES, Problems, type Caller } from '@muster/platform';
import { SourceOverridesDto } from './source-overrides.dto.js';
import { FILE_PROBLEMS } from './file-problems.js';
import { UploadDto, UploadForm, UploadPreviewDto } from './upload.dto.js';
import { UploadContent } from './upload-content.js';
import { UploadsService } from './uploads.service.js';

@ApiTags('uploads')
@Controller('v1/uploads')
export class UploadsController {
  constructor(
    private readonly uploads: UploadsService,
    private readonly contents: UploadContent,
  ) {}

  /** Sends a file: it is stored, read once, and what was recognised is answered. */
  @Post()
  @HttpCode(201)
  @Allow({ roles: ['administrator'], scope: 'imports:write' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: UploadForm })
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ type: UploadDto })
  @Problems(
    'file_missing', ...FILE_PROBLEMS, 'idempotency_key_in_use', 'idempotency_key_reused',
  ) // prettier-ignore
  createUpload(
    @CurrentCaller() caller: Caller,
    @Req() request: Request,
    @Headers('idempotency-key') key?: string,
  ): Promise<UploadDto> {
    return this.uploads.create(caller, request, key);
  }

  /** Reads what is known of an upload. */
  @Get(':id')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: UploadDto })
  @Problems('upload_not_found')
  getUpload(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<UploadDto> {
    return this.uploads.get(caller, id);
  }

  /**
   * Downloads the file as it was sent, for 30 days after its last import. The entity tag is its SHA-256. A file that was sent
   * in parts has none of its own: `GET /v1/imports/{id}/parts` links those of its parts.
   */
  @Get(':id/content')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('upload_not_found', 'upload_in_parts', 'file_removed')
  downloadUpload(@CurrentCaller() caller: Caller, @Param('id') id: string, @Res() response: Response): Promise<void> {
    return this.contents.send(caller, id, response);
  }

  /** Shows the first rows as they will be read, also with another encoding, delimiter, sheet or header row. */
  @Get(':id/preview')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: UploadPreviewDto })
  @Problems('upload_not_found', 'file_removed', 'parts_missing', ...FILE_PROBLEMS)
  previewUpload(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: SourceOverridesDto,
  ): Promise<UploadPreviewDto> {
    return this.uploads.preview(caller, id, query);
  }
}
