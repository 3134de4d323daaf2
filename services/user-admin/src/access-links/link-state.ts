import type { ProblemCode } from '@muster/contracts';

export const LINK_STATES = ['created', 'sent', 'delivered', 'failed', 'used', 'disabled'] as const;
export type LinkState = (typeof LINK_STATES)[number];

export const ACCOUNT_LINK_STATES = ['none', ...LINK_STATES] as const;
/** Of an account: the state of its current link, if it has one. */
export type AccountLinkState = (typeof ACCOUNT_LINK_STATES)[number];

/** What decides whether a link lets its person in. */
export interface LinkMarks {
  readonly state: LinkState;
  readonly usedAt: Date | null;
  readonly disabledAt: Date | null;
  readonly replacedAt: Date | null;
  /** null: it has no token yet. */
  readonly expiresAt: Date | null;
}

/** What decides whether a token may be made for it. */
export interface WaitingMarks extends Pick<LinkMarks, 'state' | 'replacedAt'> {
  readonly requestedAt: Date | null;
  /** Tokens that were made for it so far. */
  readonly attempt: number;
}

/**
 * Why a link does not let its person in; undefined: it does. What was used is called so for good; a failed delivery may
 * have arrived all the same.
 */
export function linkRefusal(
  link: LinkMarks,
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
  link: WaitingMarks,
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
