import type { SessionMethod } from './session.entity.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** How long a session lasts at most, and how long it may lie unused. */
export interface SessionLifetime {
  readonly longestMs: number;
  readonly idleMs: number;
}

const OURS: SessionLifetime = { longestMs: 90 * DAY_MS, idleMs: 30 * DAY_MS };

/** Whoever works at a company with an issuer of its own is for that to say, so it is asked again every half day. */
const LIFETIMES: Record<SessionMethod, SessionLifetime> = {
  password: OURS,
  accessLink: OURS,
  identityProvider: { longestMs: 12 * HOUR_MS, idleMs: 12 * HOUR_MS },
};

export function sessionEnd(method: SessionMethod, now: Date): Date {
  return new Date(now.getTime() + LIFETIMES[method].longestMs);
}

/** When a refresh token that is given now expires. */
export function tokenEnd(session: { method: SessionMethod; expiresAt: Date }, now: Date): Date {
  return new Date(Math.min(now.getTime() + LIFETIMES[session.method].idleMs, session.expiresAt.getTime()));
}
