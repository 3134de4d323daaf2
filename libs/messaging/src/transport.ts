import type { ServiceName, Topic } from '@muster/contracts';

/** An event as it goes over the wire: CloudEvents 1.0 in binary mode. */
export interface OutgoingEvent {
  /** Events of one key arrive in the order in which they were published. */
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; as bytes when it is packed, which the header `content-encoding` says then. */
  readonly value: string | Buffer;
}

export interface IncomingEvent extends OutgoingEvent {
  /** Name of the topic as the contracts have it. */
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
}

export interface Consumption {
  /** Takes no further event and waits for the handlers in flight. */
  stop(): Promise<void>;
}

/**
 * Who carries events: at least once, in order per key, one reader per group and partition at a time.
 * The services of one process may share a transport: it ends with as many calls of `stop` as there were of `start`.
 */
export interface EventTransport {
  /** Resolves when the events are durable. Rejects within half a minute when they may not be. */
  publish(topic: Topic, events: readonly OutgoingEvent[]): Promise<void>;
  /**
   * Hands every event of the topics to `onEvent`, a new group from the first one that is kept. The position moves on once
   * `onEvent` has resolved; when it rejects, the event comes again.
   * @param types the only ones that matter: others may be passed over unread. Preset: all
   */
  consume(
    group: ServiceName,
    topics: readonly Topic[],
    onEvent: (event: IncomingEvent) => Promise<void>,
    types?: ReadonlySet<string>,
  ): Promise<Consumption>;
  /** Connects and makes what is missing. What carries the events may be away: then it goes on trying by itself. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
