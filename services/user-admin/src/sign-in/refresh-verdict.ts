import type { Session } from '../sessions/session.entity.js';
import type { RefreshToken } from './refresh-token.entity.js';

/**
 * `rotate`: good. `repeat`: the answer to its use was lost on the way, so it is given once more. `endSession`: it was used
 * before, so somebody has a copy (RFC 9700, section 4.14.2). `refuse`: over, or ended.
 */
export type RefreshVerdict = 'rotate' | 'repeat' | 'endSession' | 'refuse';

/** How long after its use a token may be repeated. */
export const GRACE_MS = 20_000;

type Used = Pick<RefreshToken, 'expiresAt' | 'usedAt' | 'usedBy' | 'repeated'>;

export interface Refresh {
  readonly token: Used;
  /** What was given for the token. */
  readonly successor: Pick<RefreshToken, 'usedAt'> | null;
  readonly session: Pick<Session, 'endedAt' | 'expiresAt'>;
  /** Fingerprint of who asks. */
  readonly client: string;
}

export function refreshVerdict({ token, successor, session, client }: Refresh, now: Date): RefreshVerdict {
  const over = session.endedAt !== null || session.expiresAt <= now;
  if (token.usedAt !== null) {
    if (over) return 'refuse';
    // Both ends of a theft use the same token; whoever comes last is found out at the next use of either's successor.
    const lost = now.getTime() - token.usedAt.getTime() <= GRACE_MS && token.usedBy === client && !token.repeated;
    return lost && successor !== null && successor.usedAt === null ? 'repeat' : 'endSession';
  }
  return over || token.expiresAt <= now ? 'refuse' : 'rotate';
}
