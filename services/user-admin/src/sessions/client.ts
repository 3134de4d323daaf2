import { createHash } from 'node:crypto';
import { isStorable } from '@muster/contracts';
import { networkOf } from '../sign-in/network.js';

const LONGEST = 200;

/** What sends a request, as far as it says so itself. */
export interface Client {
  readonly userAgent: string | null;
  readonly address: string | null;
}

export function clientOf(address: string | undefined, userAgent: string | undefined): Client {
  const storable = userAgent !== undefined && userAgent !== '' && isStorable(userAgent);
  return { address: address ?? null, userAgent: storable ? userAgent.slice(0, LONGEST).toWellFormed() : null };
}

/** Tells whether two requests may come from the same client: the same program in the same network. */
export function fingerprintOf({ userAgent, address }: Client): string {
  return createHash('sha256')
    .update(JSON.stringify([userAgent, address === null ? null : networkOf(address)]))
    .digest('base64url');
}
