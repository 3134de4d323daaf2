import type { ServiceName } from '@muster/contracts';

/** What the messaging of a service counts. Every method is cheap and never throws. */
export interface MessagingMetrics {
  /** Events that wait in the outbox, looked at every few seconds. */
  outboxBacklog(service: ServiceName, events: number): void;
  eventHandled(service: ServiceName, consumer: string): void;
  /** One failed try; faults of infrastructure do not count. */
  eventFailed(service: ServiceName, consumer: string): void;
  deadLettered(service: ServiceName, consumer: string): void;
}

/** What a transport counts, which services of one process may share. */
export interface TransportMetrics {
  /** The consumer of a group crashed; `restarts` says whether it tries again by itself. */
  consumerCrashed(group: ServiceName, restarts: boolean): void;
}

const nothing = () => undefined;

export const NO_METRICS: MessagingMetrics & TransportMetrics = {
  outboxBacklog: nothing,
  eventHandled: nothing,
  eventFailed: nothing,
  deadLettered: nothing,
  consumerCrashed: nothing,
};
