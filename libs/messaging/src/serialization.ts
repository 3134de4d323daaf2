import { z } from 'zod';
import { id, MAX_EVENT_BYTES, SERVICES, type EventContract, type EventEnvelope } from '@muster/contracts';
import { GZIP, packedValue, unpackedValue, type PackedProperties } from './packed-value.js';
import type { IncomingEvent, OutgoingEvent } from './transport.js';

/** Context attributes of CloudEvents 1.0 in the Kafka protocol binding; `company`, `actor` and `cause` are extensions. */
export const EVENT_HEADERS = z.object({
  ce_id: id,
  ce_type: z.string(),
  ce_source: z.enum(SERVICES),
  ce_time: z.string(),
  ce_subject: z.string(),
  ce_company: id,
  ce_actor: z.string().min(1),
  ce_cause: z.string().min(1),
  /** The only service that is to read it. */
  ce_audience: z.enum(SERVICES).optional(),
  traceparent: z.string().optional(),
  /** The value is packed: `gzip`, maybe of several members. */
  'content-encoding': z.literal(GZIP).optional(),
});

/** An event that does not fit its contract. Trying again cannot help. */
export class InvalidEvent extends Error {
  override readonly name = 'InvalidEvent';
}

/**
 * @param packed properties of the data that go as they are, and not as `envelope.data` has them
 * @throws InvalidEvent when the JSON is larger than {@link MAX_EVENT_BYTES}, packed or not
 */
export function serializeEvent<D>(
  contract: EventContract<D>,
  envelope: EventEnvelope<D>,
  packed?: PackedProperties<D>,
): OutgoingEvent {
  const { value, bytes } = packed ? packedValue(envelope.data, packed) : plainValue(envelope.data);
  if (bytes > MAX_EVENT_BYTES) {
    throw new InvalidEvent(`${contract.type} has ${bytes} bytes; the limit is ${MAX_EVENT_BYTES}`);
  }
  return {
    key: contract.key(envelope.companyId, envelope.data),
    headers: {
      ce_specversion: '1.0',
      ce_id: envelope.id,
      ce_type: envelope.type,
      ce_source: envelope.source,
      ce_time: envelope.time,
      ce_subject: envelope.subject,
      ce_company: envelope.companyId,
      ce_actor: envelope.actor,
      ce_cause: envelope.cause,
      ...(contract.audience && { ce_audience: contract.audience(envelope.data) }),
      ...(envelope.traceparent === undefined ? {} : { traceparent: envelope.traceparent }),
      'content-type': 'application/json',
      ...(packed && { 'content-encoding': GZIP }),
    },
    value,
  };
}

/** The event of a message of `contract`; properties that the contract does not know are left out. @throws InvalidEvent */
export function parseEvent<D>(
  contract: EventContract<D>,
  incoming: Pick<IncomingEvent, 'headers' | 'value'>,
): EventEnvelope<D> {
  const headers = check(EVENT_HEADERS, incoming.headers, 'headers');
  return {
    id: headers.ce_id,
    type: headers.ce_type,
    source: headers.ce_source,
    time: headers.ce_time,
    subject: headers.ce_subject,
    companyId: headers.ce_company,
    actor: headers.ce_actor,
    cause: headers.ce_cause,
    ...(headers.traceparent === undefined ? {} : { traceparent: headers.traceparent }),
    data: check(contract.data, parseJson(valueText(incoming)), 'data'),
  };
}

/** The JSON of an event, unpacked. @throws InvalidEvent when it cannot be, or is larger than {@link MAX_EVENT_BYTES} */
export function valueText({ headers, value }: Pick<IncomingEvent, 'headers' | 'value'>): string {
  if (typeof value === 'string') return value;
  if (headers['content-encoding'] !== GZIP)
    throw new InvalidEvent('The value of the event is packed in an unknown way');
  try {
    return unpackedValue(value, MAX_EVENT_BYTES);
  } catch (cause) {
    throw new InvalidEvent('The value of the event cannot be unpacked', { cause });
  }
}

function plainValue(data: unknown) {
  const value = JSON.stringify(data);
  return { value, bytes: Buffer.byteLength(value) };
}

function check<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InvalidEvent(`The ${what} of the event do not fit its contract: ${z.prettifyError(result.error)}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new InvalidEvent('The value of the event is not JSON', { cause });
  }
}
