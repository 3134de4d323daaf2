import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Allow, CurrentCaller, IfMatch, Problems, withEtag, type Caller } from '@muster/platform';
import { IF_SHOWN } from '../imports/if-shown.js';
import { ImportDto } from '../imports/import.dto.js';
import { RepsService } from './reps.service.js';

const WRITE = { roles: ['administrator'], scope: 'imports:write' } as const;

@ApiTags('imports')
@Controller('v1/imports/:id/reps/:userId')
export class RepsController {
  constructor(private readonly reps: RepsService) {}

  /** Writes the rows of one rep; the import is paused then, until the last rep has had its turn. */
  @Post('run')
  @HttpCode(202)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'import_not_found', 'import_state', 'import_running', 'import_rep_not_found', 'rep_not_waiting', 'import_without_reps',
    'no_known_rep', 'user_import_not_available', 'version_conflict',
  ) // prettier-ignore
  async runImportRep(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('userId') userId: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.reps.run(caller, id, userId, shown));
  }

  /** Passes over a rep: its rows become ignored. After the last one the import ends. */
  @Post('skip')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiHeader(IF_SHOWN)
  @ApiOkResponse({ type: ImportDto })
  @Problems(
    'import_not_found',
    'import_state',
    'import_rep_not_found',
    'rep_not_waiting',
    'import_without_reps',
    'version_conflict',
  )
  async skipImportRep(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('userId') userId: string,
    @IfMatch() shown: number | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ImportDto> {
    return withEtag(response, await this.reps.skip(caller, id, userId, shown));
  }
}
