import { v7 } from 'uuid';
import type { Id } from '@muster/contracts';

/** A new UUIDv7 as 32 hexadecimal digits: ordered by time, so that indexes grow at their end. */
export function newId(): Id {
  return v7().replaceAll('-', '');
}
