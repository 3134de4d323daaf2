import { Controller, Headers, Param, Sse, type MessageEvent } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { ProgressService } from './progress.service.js';

@ApiTags('imports')
@Controller('v1/imports/:id')
export class ProgressController {
  constructor(private readonly progress: ProgressService) {}

  /** Streams the import as server-sent events until it ends. Each event holds the whole state, so none need be repeated. */
  @Sse('events')
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({ schema: { type: 'string' } })
  @Problems('import_not_found')
  watchImport(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Headers('last-event-id') lastEventId?: string,
  ): Promise<Observable<MessageEvent>> {
    return this.progress.watch(caller, id, Number(lastEventId) || 0);
  }
}
