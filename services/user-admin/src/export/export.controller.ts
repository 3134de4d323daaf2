import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, type Caller, CurrentCaller, MEDIA_TYPES, Problems } from '@muster/platform';
import { UserExportQuery } from './export.dto.js';
import { UserExport } from './export.service.js';

/** Stands before the controller of accounts, which would take `export` for an id. */
@ApiTags('users')
@Controller('v1/users/export')
export class UserExportController {
  constructor(private readonly exports: UserExport) {}

  /**
   * Downloads the accounts of one kind, preset `staff`, that the filters let pass; imported again as it is, the file changes
   * nothing. A key without `users:write` gets no fields that are for administrators only.
   */
  @Get()
  @Allow({ roles: ['administrator'], scope: 'users:read' })
  @ApiProduces(...Object.values(MEDIA_TYPES))
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @Problems('user_import_not_available', 'export_too_large')
  exportUsers(
    @CurrentCaller() caller: Caller,
    @Query() query: UserExportQuery,
    @Res() response: Response,
  ): Promise<void> {
    return this.exports.send(caller, query, response);
  }
}
