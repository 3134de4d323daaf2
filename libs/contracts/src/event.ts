import type { z } from 'zod';
import type { Actor, Cause, Id } from './ids.js';
import type { ServiceName } from './services.js';
import type { Topic } from './topics.js';

/** What an event type is, for its publisher and its handlers alike. */
export interface EventContract<Data = unknown> {
  /** CloudEvents `type`: past tense and version, `user.created.v1`. */
  readonly type: string;
  readonly topic: Topic;
  readonly source: readonly ServiceName[];
  readonly description: string;
  readonly data: z.ZodType<Data>;
  /** Ordering key; see {@link Topic.key}. */
  key(companyId: Id, data: Data): string;
  /** CloudEvents `subject`: the id of the thing that the event is about. */
  subject(data: Data): string;
  /** `ce_audience`, an extension attribute: the only service that is to read it. Preset: whoever likes. */
  audience?(data: Data): ServiceName;
}

/** A CloudEvents 1.0 event; on the wire in binary mode (attributes as `ce_*` headers, `data` as the JSON value). */
export interface EventEnvelope<Data = unknown> {
  readonly id: Id;
  readonly type: string;
  readonly source: ServiceName;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly subject: string;
  /** `ce_company`, an extension attribute. */
  readonly companyId: Id;
  /** `ce_actor`, an extension attribute. */
  readonly actor: Actor;
  /** `ce_cause`, an extension attribute. */
  readonly cause: Cause;
  /** W3C Trace Context of the unit of work that published it. */
  readonly traceparent?: string;
  readonly data: Data;
}

export type DataOf<C> = C extends EventContract<infer Data> ? Data : never;
/** The envelope that a handler of contract `C` gets. */
export type EventOf<C> = EventEnvelope<DataOf<C>>;

export function defineEvent<Data>(contract: EventContract<Data>): EventContract<Data> {
  return contract;
}
