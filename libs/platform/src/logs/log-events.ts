import type { ServiceName } from '@muster/contracts';
import type { EventTransport, IncomingEvent } from '@muster/messaging';
import { parseTraceparent } from '../http/traceparent.js';
import { logAs } from './log-context.js';

/** The transport, with log lines of handlers that name their event. */
export function logEvents(transport: EventTransport, service: ServiceName): EventTransport {
  return {
    publish: (topic, events) => transport.publish(topic, events),
    start: () => logAs({ service }, () => transport.start()),
    stop: () => transport.stop(),
    consume: (group, topics, onEvent, types) => {
      const logged = (event: IncomingEvent) => logAs(fields(service, event), () => onEvent(event));
      return logAs({ service }, () => transport.consume(group, topics, logged, types));
    },
  };
}

function fields(service: ServiceName, { headers }: IncomingEvent) {
  const { ce_id: eventId, ce_type: eventType, ce_company: companyId, ce_actor: actor, traceparent } = headers;
  return { service, eventId, eventType, companyId, actor, traceparent: parseTraceparent(traceparent) };
}
