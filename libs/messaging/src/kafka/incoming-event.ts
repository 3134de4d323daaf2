import type { EachMessagePayload, IHeaders } from 'kafkajs';
import type { IncomingEvent } from '../transport.js';

type Received = Pick<EachMessagePayload, 'topic' | 'partition' | 'message'>;

/** @param prefix what the names of topics begin with in this installation */
export function incomingEvent({ topic, partition, message }: Received, prefix: string): IncomingEvent {
  const headers = texts(message.headers ?? {});
  const value = message.value ?? Buffer.alloc(0);
  return {
    topic: topic.slice(prefix.length),
    partition,
    offset: message.offset,
    key: message.key?.toString() ?? '',
    headers,
    value: 'content-encoding' in headers ? value : value.toString(),
  };
}

/** The event's type, without a look at the rest of it. */
export function typeOf({ message }: Pick<Received, 'message'>): string {
  const type = message.headers?.['ce_type'];
  return (Array.isArray(type) ? type.at(-1) : type)?.toString() ?? '';
}

/** Of a header that is there several times the last one counts. */
function texts(headers: IHeaders): Record<string, string> {
  const known = Object.entries(headers).flatMap(([name, value]) => {
    const last = Array.isArray(value) ? value.at(-1) : value;
    return last === undefined ? [] : [[name, last.toString()] as const];
  });
  return Object.fromEntries(known);
}
