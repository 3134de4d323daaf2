import type { Id } from '@muster/contracts';
import type { Role } from '@muster/platform';

/** How long an access token is good, in seconds. */
export const PERSON_TOKEN_SECONDS = 15 * 60;
export const EXCHANGED_TOKEN_SECONDS = 5 * 60;

/** Whom a token speaks for; its claims beside the registered ones (`sub` is the id). */
export interface TokenSubject {
  readonly typ: 'user' | 'key' | 'operator';
  /** Of the account, the key, or the operator. */
  readonly id: Id;
  /** All zeros for operators. */
  readonly company: Id;
  readonly role: Role | 'key';
  readonly scopes: readonly string[];
}

export interface AccessToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}
