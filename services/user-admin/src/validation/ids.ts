import type { Id } from '@muster/contracts';

/** Whether a path segment or claim can be an id at all; what cannot is answered like an unknown one. */
export function isId(value: unknown): value is Id {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
}
