import type { MessagingMetrics } from '@muster/messaging';
import type { Metrics } from './metrics.js';

/** What messaging counts, as Prometheus metrics. */
export function messagingMetrics(metrics: Metrics): MessagingMetrics {
  let backlog = 0;
  metrics.gauge('muster_outbox_backlog', 'Events that wait in the outbox.', () => backlog);
  const handled = metrics.counter('muster_events_handled_total', 'Events that a handler has handled.', ['consumer']);
  const failed = metrics.counter('muster_event_tries_failed_total', 'Tries of handlers that failed.', ['consumer']);
  const dead = metrics.counter('muster_events_dead_lettered_total', 'Events given up.', ['consumer']);
  const crashed = metrics.counter('muster_consumer_crashes_total', 'Crashes of the consumer.', ['restarts']);
  return {
    outboxBacklog: (_service, events) => {
      backlog = events;
    },
    eventHandled: (_service, consumer) => handled.inc({ consumer }),
    eventFailed: (_service, consumer) => failed.inc({ consumer }),
    deadLettered: (_service, consumer) => dead.inc({ consumer }),
    consumerCrashed: (_group, restarts) => crashed.inc({ restarts: String(restarts) }),
  };
}
