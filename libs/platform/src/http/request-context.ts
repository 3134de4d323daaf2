import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language, ServiceName } from '@muster/contracts';
import type { Caller } from '../auth/caller.js';

/** What is known of the request in hand, for log lines, problems and callers. */
export interface RequestContext {
  readonly service: ServiceName;
  readonly requestId: string;
  readonly traceparent: string;
  readonly language: Language;
  readonly method: string;
  /** As the client sent it, without the query. */
  readonly path: string;
  /** Of the client, behind proxies that are trusted. */
  readonly address?: string | undefined;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Set once the request is authenticated. */
  caller?: Caller;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** The request in whose course this is called; undefined in timers and event handlers. */
export function requestContext(): RequestContext | undefined {
  return storage.getStore();
}

export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return storage.run(context, work);
}
