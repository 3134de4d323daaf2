import type { ProblemCode } from '@muster/contracts';
import type { AccessLink } from './access-link.entity.js';

export const LINK_STATES = ['created', 'sent', 'delivered', 'failed', 'used', 'disabled'] as const;
export type LinkState = (typeof LINK_STATES)[number];

export const ACCOUNT_LINK_STATES = ['none', ...LINK_STATES] as const;
/** Of an account: the state of its current link, if it has one. */
export type AccountLinkState = (typeof ACCOUNT_LINK_STATES)[number];

type Looked = Pick<AccessLink, 'state' | 'usedAt' | 'disabledAt' | 'replacedAt' | 'expiresAt'>;

/**
 * Why a link does not let its person in; undefined: it does. What was used is called so for good; a failed delivery may
 * have arrived all the same.
 */
export function linkRefusal(
  link: Looked,
  account: { readonly loginEnabled: boolean },
  now: Date,
): Extract<ProblemCode, `access_link_${string}`> | undefined {
  if (link.usedAt) return 'access_link_used';
  if (link.state === 'disabled' || link.disabledAt || !account.loginEnabled) return 'access_link_disabled';
  if (link.replacedAt) return 'access_link_replaced';
  if (!link.expiresAt) return 'access_link_not_found';
  return link.expiresAt <= now ? 'access_link_expired' : undefined;
}

/** Whether a token may be made for the link, as the `attempt`-th one. */
export function tokenRefusal(
  link: Looked & Pick<AccessLink, 'requestedAt' | 'attempt'>,
  account: { readonly loginEnabled: boolean },
  attempt: number,
): 'obsolete' | 'answered' | undefined {
  const waits = link.requestedAt !== null && (link.state === 'created' || link.state === 'sent');
  if (!waits || link.replacedAt || !account.loginEnabled) return 'obsolete';
  return attempt <= link.attempt ? 'answered' : undefined;
}

/** What a message about the delivery makes of the state; undefined: nothing, it comes too late. */
export function settledState(state: LinkState, outcome: 'delivered' | 'failed'): 'delivered' | 'failed' | undefined {
  switch (state) {
    case 'created':
      // Nobody has made its token yet.
      return outcome === 'failed' ? 'failed' : undefined;
    case 'sent':
      return outcome;
    // A mail may come back later, and one that was given up may arrive.
    case 'delivered':
    case 'failed':
      return outcome === state ? undefined : outcome;
    case 'used':
    case 'disabled':
      return undefined;
  }
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function linkEnd(days: number, now: Date): Date {
  return new Date(now.getTime() + days * DAY_MS);
}
