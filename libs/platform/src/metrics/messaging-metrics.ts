import type { MessagingMetrics, TransportMetrics } from '@muster/messaging';
import type { Registry } from 'prom-client';
import { Metrics } from './metrics.js';

const CRASHES = 'muster_consumer_crashes_total';

/** What the messaging of a service counts, as Prometheus metrics. */
export function messagingMetrics(metrics: Metrics): MessagingMetrics {
  let backlog = 0;
  metrics.gauge('muster_outbox_backlog', 'Events that wait in the outbox.', () => backlog);
  const handled = metrics.counter('muster_events_handled_total', 'Events that a handler has handled.', ['consumer']);
  const failed = metrics.counter('muster_event_tries_failed_total', 'Tries of handlers that failed.', ['consumer']);
  const dead = metrics.counter('muster_events_dead_lettered_total', 'Events given up.', ['consumer']);
  return {
    outboxBacklog: (_service, events) => {
      backlog = events;
    },
    eventHandled: (_service, consumer) => handled.inc({ consumer }),
    eventFailed: (_service, consumer) => failed.inc({ consumer }),
    deadLettered: (_service, consumer) => dead.inc({ consumer }),
  };
}

/** What a transport counts, each service's under its own name, also where several share the transport and the registry. */
export function transportMetrics(registry: Registry): TransportMetrics {
  return {
    consumerCrashed: (group, restarts) => {
      const crashed = new Metrics(group, registry).counter(CRASHES, 'Crashes of the consumer.', ['restarts']);
      crashed.inc({ restarts: String(restarts) });
    },
  };
}
