import type { MessageEvent } from '@nestjs/common';
import { catchError, concat, defer, EMPTY, exhaustMap, filter, map, of, takeWhile, tap, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { Problem } from '@muster/contracts';
import { isInfrastructureError } from '@muster/messaging';
import type { ImportDto } from '../imports/import.dto.js';
import { isFinal, type ImportState } from '../imports/import-state.js';

export const LOOK_MS = 500;

/** An import as it was at one moment. */
export interface Look {
  readonly version: number;
  readonly body: Pick<ImportDto, 'state'>;
}

/**
 * An event a change from `first` to the final state. A look that takes longer than the interval is waited for, and one that
 * finds the database away is made again; any other error ends the stream.
 * @param seen version that the watcher knows already; 0: none
 */
export function progressEvents(first: Look, look: () => Promise<Look>, seen: number): Observable<MessageEvent> {
  let last = seen;
  const later = timer(LOOK_MS, LOOK_MS).pipe(exhaustMap(() => defer(look).pipe(catchError(skipIfItMayPass))));
  return concat(of(first), later).pipe(
    takeWhile(({ body }) => !hasEnded(body), true),
    filter(({ version }) => version > last),
    tap(({ version }) => (last = version)),
    map(({ version, body }) => ({ id: String(version), type: hasEnded(body) ? 'finished' : 'progress', data: body })),
  );
}

export function hasEnded({ state }: Look['body']): boolean {
  return isFinal(state as ImportState);
}

function skipIfItMayPass(error: unknown): Observable<never> {
  const mayPass = error instanceof Problem ? error.code === 'service_unavailable' : isInfrastructureError(error);
  return mayPass ? EMPTY : throwError(() => error);
}
