import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServiceName } from '@muster/contracts';
import { requestContext, runInRequest, type RequestContext } from '../http/request-context.js';
import { traceIdOf } from '../http/traceparent.js';

/** What log lines outside of a request carry. */
export interface LogContext {
  readonly service: ServiceName;
  readonly eventId?: string | undefined;
  readonly eventType?: string | undefined;
  readonly companyId?: string | undefined;
  readonly actor?: string | undefined;
  readonly traceparent?: string | undefined;
}

const storage = new AsyncLocalStorage<LogContext>();

/** Lines logged in the course of `work`, and in timers that it starts, carry `context`. */
export function logAs<T>(context: LogContext, work: () => T): T {
  return storage.run(context, work);
}

/** Lines logged in the course of `work` name `service`, whoever asked for it. */
export function logForService<T>(service: ServiceName, work: () => T): T {
  const request = requestContext();
  return request ? runInRequest({ ...request, service }, work) : logAs({ ...storage.getStore(), service }, work);
}

/** Trace of the request or event in hand. */
export function currentTraceparent(): string | undefined {
  return requestContext()?.traceparent ?? storage.getStore()?.traceparent;
}

/** The fields of a log line that tell whose work it belongs to. */
export function logFields(): object {
  const request = requestContext();
  const { traceparent, ...fields } = request ? requestFields(request) : { ...storage.getStore() };
  return { ...fields, ...(traceparent !== undefined && { traceId: traceIdOf(traceparent) }) };
}

function requestFields({ service, requestId, traceparent, caller }: RequestContext) {
  return { service, requestId, traceparent, ...(caller && { companyId: caller.companyId, actor: caller.actor }) };
}
