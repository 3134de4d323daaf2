import { Injectable, type BeforeApplicationShutdown, type MessageEvent } from '@nestjs/common';
import { ReplaySubject, takeUntil, type Observable } from 'rxjs';
import type { Id } from '@muster/contracts';
import type { Caller } from '@muster/platform';
import { ImportsService } from '../imports/imports.service.js';
import { hasEnded, progressEvents } from './progress-events.js';

/**
 * Tells watchers how an import gets on. It looks at the database, so every replica serves every watcher; the event id is
 * the import's version, so a watcher who comes back with the last one gets just what is newer.
 */
@Injectable()
export class ProgressService implements BeforeApplicationShutdown {
  // Replays, for watchers who come while the service stops.
  private readonly stopping = new ReplaySubject<void>(1);

  constructor(private readonly imports: ImportsService) {}

  /** Ends all streams: the server waits for its connections next. Watchers come back to another replica. */
  beforeApplicationShutdown(): void {
    this.stopping.next();
  }

  /**
   * @returns undefined when the watcher knows the end already
   * @throws Problem import_not_found before the stream begins
   */
  async watch(caller: Caller, id: Id, lastVersion: number): Promise<Observable<MessageEvent> | undefined> {
    const first = await this.imports.get(caller, id);
    if (hasEnded(first.body) && first.version <= lastVersion) return undefined;
    return progressEvents(first, () => this.imports.get(caller, id), lastVersion).pipe(takeUntil(this.stopping));
  }
}
