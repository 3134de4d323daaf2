import type { Id } from '@muster/contracts';
import type { TokenSubject } from '../sign-in/access-token.js';
import type { Client } from './client.js';
import { sessionEnd } from './session-lifetime.js';
import { Session, type SessionMethod } from './session.entity.js';

export function startedSession(
  id: Id,
  { id: userId, company: companyId }: Pick<TokenSubject, 'id' | 'company'>,
  method: SessionMethod,
  { userAgent, address }: Client,
  now: Date,
): Session {
  return Object.assign(new Session(), {
    id,
    companyId,
    userId,
    method,
    userAgent,
    address,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: sessionEnd(method, now),
    endedAt: null,
  });
}
