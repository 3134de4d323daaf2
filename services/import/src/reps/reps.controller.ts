import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
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
  @ApiAcceptedResponse({ type: ImportDto })
  @Problems(
    'import_not_found', 'import_state', 'import_running', 'import_rep_not_found', 'rep_not_waiting', 'import_without_reps',
    'no_known_rep', 'user_import_not_available',
  ) // prettier-ignore
  runImportRep(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('userId') userId: string,
  ): Promise<ImportDto> {
    return this.reps.run(caller, id, userId);
  }

  /** Passes over a rep: its rows become ignored. After the last one the import ends. */
  @Post('skip')
  @HttpCode(200)
  @Allow(WRITE)
  @ApiOkResponse({ type: ImportDto })
  @Problems('import_not_found', 'import_state', 'import_rep_not_found', 'rep_not_waiting', 'import_without_reps')
  skipImportRep(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('userId') userId: string,
  ): Promise<ImportDto> {
    return this.reps.skip(caller, id, userId);
  }
}
