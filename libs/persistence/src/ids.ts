import { v7 } from 'uuid';
import type { Id } from '@muster/contracts';

/** A new UUIDv7 as 32 hexadecimal digits: ordered by time, so that indexes grow at their end. */
export function newId(): Id {
  return v7().replaceAll('-', '');
}

/** The least id that is made at a moment: UUIDv7 begin with their milliseconds (RFC 9562 section 5.7). */
export function firstIdAt(moment: Date): Id {
  const milliseconds = Math.max(0, moment.getTime());
  return milliseconds.toString(16).padStart(12, '0').padEnd(32, '0');
}
