import type { Id, LinkChannel } from '@muster/contracts';
import type { LinkState } from './link-state.js';

export const SEND_OUTCOMES = ['requested', 'user_not_found', 'deactivated', 'no_email', 'no_mobile_number'] as const;
/** What a job did for an account: it asked for a link to be sent, or could not. */
export type SendOutcome = (typeof SEND_OUTCOMES)[number];

/** An account of a job, as it is when its turn comes. */
export interface SendCandidate {
  readonly userId: Id;
  /** null: there is no such account. */
  readonly loginEnabled: boolean | null;
  readonly displayName: string | null;
  readonly email: string | null;
  /** E.164. */
  readonly mobile: string | null;
  /** The current link, if there is one. */
  readonly linkId: Id | null;
  readonly linkState: LinkState | null;
  /** Somebody has already asked for it to be sent. */
  readonly linkRequested: boolean;
}

/** An account whose link is to be sent: the one that it has, which nobody has sent yet, or a new one in its place. */
export interface PlannedLink {
  readonly userId: Id;
  readonly displayName: string;
  readonly linkId: Id;
  readonly isNew: boolean;
}

export type SendPlan =
  | { readonly outcome: 'requested'; readonly link: PlannedLink }
  | { readonly outcome: Exclude<SendOutcome, 'requested'> };

/** @param newId of the link, should another be needed: a link is sent once */
export function planSend(candidate: SendCandidate, channel: LinkChannel, newId: Id): SendPlan {
  const { userId, loginEnabled, displayName, email, mobile, linkId, linkState, linkRequested } = candidate;
  if (loginEnabled === null || displayName === null) return { outcome: 'user_not_found' };
  if (!loginEnabled) return { outcome: 'deactivated' };
  if (channel === 'email' && email === null) return { outcome: 'no_email' };
  if (channel === 'sms' && mobile === null) return { outcome: 'no_mobile_number' };
  const unsent = linkState === 'created' && !linkRequested ? linkId : null;
  const link = { userId, displayName, linkId: unsent ?? newId, isNew: unsent === null };
  return { outcome: 'requested', link };
}
