import { Injectable, type MessageEvent } from '@nestjs/common';
import { concat, EMPTY, filter, from, of, switchMap, takeWhile, timer, type Observable } from 'rxjs';
import type { Id } from '@muster/contracts';
import type { Caller } from '@muster/platform';
import type { ImportDto } from '../imports/import.dto.js';
import { isFinal, type ImportState } from '../imports/import-state.js';
import { ImportsService } from '../imports/imports.service.js';

const LOOK_MS = 500;

interface Look {
  readonly version: number;
  readonly body: ImportDto;
}

/**
 * Tells watchers how an import gets on. It looks at the database, so every replica serves every watcher; the event id is
 * the import's version, so a watcher who comes back with the last one gets just what is newer.
 */
@Injectable()
export class ProgressService {
  constructor(private readonly imports: ImportsService) {}

  /** @throws Problem import_not_found before the stream begins */
  async watch(caller: Caller, id: Id, lastVersion: number): Promise<Observable<MessageEvent>> {
    const first = await this.imports.get(caller, id);
    const later = timer(LOOK_MS, LOOK_MS).pipe(switchMap(() => from(this.imports.get(caller, id))));
    let seen = lastVersion;
    return concat(of(first), isFinal(first.body.state as ImportState) ? EMPTY : later).pipe(
      takeWhile(({ body }: Look) => !isFinal(body.state as ImportState), true),
      filter(({ version }) => version > seen),
      switchMap(({ version, body }) => {
        seen = version;
        const type = isFinal(body.state as ImportState) ? 'finished' : 'progress';
        return of({ id: String(version), type, data: body });
      }),
    );
  }
}
