import type { Id } from '@muster/contracts';

/** The least id that the database gives at a moment: UUIDv7 begin with their milliseconds (RFC 9562 section 5.7). */
export function firstIdAt(moment: Date): Id {
  const milliseconds = Math.max(0, moment.getTime());
  return milliseconds.toString(16).padStart(12, '0').padEnd(32, '0');
}
