import type { OutgoingEvent } from '../transport.js';

/** kafkajs makes one record batch per partition of all that it is given, and the broker limits a batch. */
const BATCH_BYTES = 1024 * 1024;

export interface SizedBatch {
  readonly events: readonly OutgoingEvent[];
  readonly bytes: number;
}

/** Cuts events into batches of about a megabyte, in order; a larger event is a batch of its own. */
export function inBatches(events: readonly OutgoingEvent[], limit = BATCH_BYTES): SizedBatch[] {
  const batches: { events: OutgoingEvent[]; bytes: number }[] = [];
  for (const event of events) {
    const bytes = Buffer.byteLength(event.value);
    const last = batches.at(-1);
    if (last && last.bytes + bytes <= limit) {
      last.events.push(event);
      last.bytes += bytes;
    } else {
      batches.push({ events: [event], bytes });
    }
  }
  return batches;
}
