import type { Id } from '@muster/contracts';
import type { Role } from '@muster/platform';

/** How long an access token is good at most, in seconds. What is revoked counts no longer than 15 minutes, see the migrations. */
const TOKEN_SECONDS = 5 * 60;

/** Whom a token speaks for; its claims beside the registered ones (`sub` is the id). */
export interface TokenSubject {
  readonly typ: 'user' | 'key' | 'operator';
  /** Of the account, the key, or the operator. */
  readonly id: Id;
  /** All zeros for operators. */
  readonly company: Id;
  readonly role: Role | 'key';
  readonly scopes: readonly string[];
  /** Goes up when what a token says of its subject no longer holds. */
  readonly version: number;
  /** Of a person who signed in. */
  readonly session?: Id;
  /** When the credential itself ends. Preset: later than any token. */
  readonly until?: Date | null;
}

/** How long a token for it is good, in whole seconds, at least one: no longer than what it was given for. */
export function secondsOfToken({ until }: Pick<TokenSubject, 'until'>, now: Date): number {
  if (!until) return TOKEN_SECONDS;
  const left = Math.floor((until.getTime() - now.getTime()) / 1000);
  return Math.min(TOKEN_SECONDS, Math.max(1, left));
}

export interface AccessToken {
  readonly accessToken: string;
  /** Seconds. */
  readonly expiresIn: number;
}
