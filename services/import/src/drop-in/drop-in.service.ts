import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { fromEvent, lastValueFrom, map, merge, takeUntil, takeWhile, timer } from 'rxjs';
import type { EntityName } from '@muster/import-model';
import type { Caller } from '@muster/platform';
import { DOCUMENT_PARTS, documentOf } from '../configurations/document-of-form.js';
import { SavedConfigurations } from '../configurations/saved-configurations.service.js';
import type { ImportDto } from '../imports/import.dto.js';
import { ImportsService } from '../imports/imports.service.js';
import { partOfSeries } from '../parts/part-of-series.dto.js';
import { ProgressService } from '../progress/progress.service.js';
import { UploadsService } from '../uploads/uploads.service.js';
import { dropInAnswer, isWaitedFor, type DropInAnswer } from './drop-in-answer.js';
import { dropInDocument, sourceOf } from './drop-in-document.js';
import type { DropInQuery } from './drop-in-query.dto.js';

export interface DropInCall {
  readonly entity: EntityName;
  readonly query: DropInQuery;
  /** Milliseconds that the caller waits for the end. */
  readonly patience: number;
  /** `Idempotency-Key` */
  readonly key: string | undefined;
}

/** One call that does all of an import and waits for its end, with the parameters that connectors already use. */
@Injectable()
export class DropIn {
  constructor(
    private readonly uploads: UploadsService,
    private readonly imports: ImportsService,
    private readonly configurations: SavedConfigurations,
    private readonly progress: ProgressService,
  ) {}

  /** The import goes on when the caller hangs up, or when it takes longer than somebody waits. */
  async call(
    sender: Caller,
    call: DropInCall,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<DropInAnswer> {
    const language = call.query.language ?? sender.language;
    const caller = { ...sender, language };
    const job = await this.start(caller, call, request);
    return dropInAnswer(await this.end(caller, job, call.patience, response), language);
  }

  private async start(
    caller: Caller,
    { entity, query, key }: DropInCall,
    request: IncomingMessage,
  ): Promise<ImportDto> {
    const accepted = await this.uploads.accept(caller, request, DOCUMENT_PARTS, sourceOf(query));
    return this.imports.startUnattended(caller, accepted, {
      key,
      origin: 'dropIn',
      said: { ...query },
      choose: async (fields) => {
        const choice = { ...documentOf(fields), configurationName: query.configurationName };
        const chosen = await this.configurations.chosen(caller, choice);
        return { ...chosen, document: dropInDocument(entity, query, chosen.document) };
      },
      partOf: async () => partOfSeries(query),
      thenOf: async () => 'run',
    });
  }

  /** As it was when it ended, or when the waiting did. */
  private async end(caller: Caller, job: ImportDto, patience: number, response: ServerResponse): Promise<ImportDto> {
    const events = await this.progress.watch(caller, job.id, 0);
    if (!events) return job;
    const seen = events.pipe(
      map(({ data }) => data as ImportDto),
      takeWhile((seen) => isWaitedFor(seen), true),
      takeUntil(merge(timer(patience), fromEvent(response, 'close'))),
    );
    return lastValueFrom(seen, { defaultValue: job });
  }
}
