import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, MEDIA_TYPES, Problems } from '@muster/platform';
import { AuditExport } from './audit-export.service.js';
import { AuditEntryPage, AuditExportQuery, AuditLogQuery, EraseBody, ErasedDto } from './audit-log.dto.js';
import { AuditLogService } from './audit-log.service.js';

@ApiTags('audit-log')
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(
    private readonly log: AuditLogService,
    private readonly exports: AuditExport,
  ) {}

  /**
   * Lists who changed what, newest first. One request looks at 20,000 entries at most: with a filter that matches little a
   * page may hold fewer items than `limit`, or none, and still have a `nextCursor`; go on until it is null.
   */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'audit:read' })
  @ApiOkResponse({ type: AuditEntryPage })
  @Problems('invalid_cursor')
  listAuditLog(@CurrentCaller() caller: Caller, @Query() query: AuditLogQuery): Promise<AuditEntryPage> {
    return this.log.list(caller, query);
  }

  /** Downloads the entries that the filters let pass, newest first, a row for each field; `limit` and `cursor` do nothing. */
  @Get('export')
  @Allow({ roles: ['administrator'], scope: 'audit:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('export_too_large')
  exportAuditLog(
    @CurrentCaller() caller: Caller,
    @Query() query: AuditExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(caller, query, response);
  }

  /** Replaces what the log holds of a deleted person by a pseudonym. */
  @Post('erasures')
  @HttpCode(200)
  @Allow({ roles: ['administrator'] })
  @ApiOkResponse({ type: ErasedDto })
  @Problems('user_not_found', 'user_not_deleted')
  eraseFromAuditLog(@CurrentCaller() caller: Caller, @Body() body: EraseBody): Promise<ErasedDto> {
    return this.log.erase(caller, body.userId);
  }
}
