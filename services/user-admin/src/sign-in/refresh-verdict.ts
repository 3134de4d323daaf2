import type { RefreshToken } from './refresh-token.entity.js';

/**
 * `rotate`: good. `revokeFamily`: it was used before, so somebody has a copy (RFC 9700, section 4.14.2).
 * `refuse`: over, or ended.
 */
export type RefreshVerdict = 'rotate' | 'revokeFamily' | 'refuse';

export function refreshVerdict(
  token: Pick<RefreshToken, 'expiresAt' | 'usedAt' | 'revokedAt'>,
  now: Date,
): RefreshVerdict {
  if (token.usedAt !== null) return 'revokeFamily';
  return token.revokedAt === null && token.expiresAt > now ? 'rotate' : 'refuse';
}
