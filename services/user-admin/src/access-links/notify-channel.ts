import type { LinkChannel } from '@muster/contracts';
import type { UserAccount } from '../users/user-account.entity.js';

type Reached = Pick<UserAccount, 'loginEnabled' | 'email' | 'mobileE164'>;

/** On which way a new account is told of its access link; or why not. */
export type NotifyChannel =
  | { readonly channel: LinkChannel; readonly reason?: never }
  | { readonly channel?: never; readonly reason: 'deactivated' | 'address' };

/** By e-mail; without one by SMS. */
export function notifyChannel({ loginEnabled, email, mobileE164 }: Reached): NotifyChannel {
  if (!loginEnabled) return { reason: 'deactivated' };
  if (email !== null) return { channel: 'email' };
  return mobileE164 === null ? { reason: 'address' } : { channel: 'sms' };
}
