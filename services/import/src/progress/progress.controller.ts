import { Controller, Headers, Param, Res, Sse, type MessageEvent } from '@nestjs/common';
import { ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { EMPTY, type Observable } from 'rxjs';
import { Allow, ApiEventStream, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { ImportDto } from '../imports/import.dto.js';
import { ProgressService } from './progress.service.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class ProgressController {
  constructor(private readonly progress: ProgressService) {}

  /** Streams the import as server-sent events until it ends. Each event holds the whole state, so none need be repeated. */
  @Sse('events')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiEventStream(ImportDto, 'progress', 'finished')
  @ApiNoContentResponse({ description: 'Last-Event-ID is that of the end: there is nothing to come back for.' })
  @Problems('import_not_found')
  async watchImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Res({ passthrough: true }) response: Response,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<Observable<MessageEvent>> {
    const events = await this.progress.watch(caller, id, Number(lastEventId) || 0);
    // An EventSource comes back whenever a stream ends, unless it is told 204.
    if (!events) response.status(204);
    return events ?? EMPTY;
  }
}
