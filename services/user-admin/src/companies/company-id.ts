import { createHash } from 'node:crypto';
import type { Actor, Id } from '@muster/contracts';
import { newId } from '@muster/persistence';

/**
 * The id of a company to be made. With an `Idempotency-Key` it follows from it, so that a repeat of the request finds the
 * stored answer, which lies within the new company: a unit of work has one company, and operators have none. Such an id
 * is a UUIDv8 (RFC 9562, section 5.8).
 */
export function companyIdFor(actor: Actor, idempotencyKey: string | undefined): Id {
  if (idempotencyKey === undefined) return newId();
  const digest = createHash('sha256')
    .update(JSON.stringify(['company', actor, idempotencyKey]))
    .digest('hex');
  return `${digest.slice(0, 12)}8${digest.slice(13, 16)}8${digest.slice(17, 32)}`;
}
