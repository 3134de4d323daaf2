import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { fingerprintOf, type Client } from '../sessions/client.js';
import { tokenEnd } from '../sessions/session-lifetime.js';
import type { Session, SessionMethod } from '../sessions/session.entity.js';
import { SessionsRepository } from '../sessions/sessions.repository.js';
import { startedSession } from '../sessions/started-session.js';
import type { TokenSubject } from './access-token.js';
import { subjectOf } from './credentials.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { refreshVerdict } from './refresh-verdict.js';
import { hashSecret, newSecret, secretFits } from './secret.js';
import { SignInAccountsRepository } from './sign-in-accounts.repository.js';
import { SignInNotes } from './sign-in-notes.js';
import { signInScope } from './sign-in-scope.js';

const FORM = /^mrt_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

export interface SignedIn {
  /** With its session. */
  readonly subject: TokenSubject;
  /** Good once. */
  readonly refreshToken: string;
}

/** Chains of refresh tokens: each is good once; the second use of one ends its whole session. */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: RefreshTokensRepository,
    private readonly sessions: SessionsRepository,
    private readonly accounts: SignInAccountsRepository,
    private readonly notes: SignInNotes,
  ) {}

  /**
   * Begins a session for a person who has just signed in.
   * @throws Problem invalid_credentials when the account was deactivated meanwhile: that ended all sessions but this one
   */
  begin(subject: TokenSubject, method: SessionMethod, client: Client): Promise<SignedIn> {
    const now = new Date();
    const session = startedSession(newId(), subject, method, client, now);
    return this.uow.run(signInScope(subject.company, subject.id), async (manager) => {
      const account = await this.accounts.enabledLocked(manager, subject.id);
      if (!account) throw new Problem('invalid_credentials');
      await this.sessions.insert(manager, session);
      await this.notes.signedIn(manager, account, method, client);
      const { text } = await this.issue(manager, session, now);
      return { subject: { ...subject, session: session.id }, refreshToken: text };
    });
  }

  /** @throws Problem invalid_credentials */
  async rotate(text: string, client: Client): Promise<SignedIn> {
    // The end of a session must be committed, so the refusal is thrown after the unit of work.
    const refreshed = await this.use(text, (manager, token) => this.refresh(manager, token, client, new Date()));
    if (!refreshed) throw new Problem('invalid_credentials');
    return refreshed;
  }

  /** Ends the session of a token; what is no token of ours is let pass (RFC 7009, section 2.2). */
  async revoke(text: string): Promise<void> {
    await this.use(text, async (manager, token) => {
      const account = await this.accounts.byId(manager, token.userId);
      const ended = await this.sessions.end(manager, token.sessionId, new Date());
      if (ended && account) await this.notes.signedOut(manager, account);
    });
  }

  private async refresh(
    manager: EntityManager,
    token: RefreshToken,
    client: Client,
    now: Date,
  ): Promise<SignedIn | undefined> {
    const account = await this.accounts.byId(manager, token.userId);
    const session = await this.sessions.find(manager, token.sessionId);
    if (!session || !account?.loginEnabled) return undefined;
    const successor = token.replacedBy === null ? null : await this.tokens.find(manager, token.replacedBy);
    const usedBy = fingerprintOf(client);
    const verdict = refreshVerdict({ token, successor, session, client: usedBy }, now);
    if (verdict === 'endSession' && (await this.sessions.end(manager, session.id, now))) {
      await this.notes.tokenReused(manager, account, client);
    }
    if (verdict !== 'rotate' && verdict !== 'repeat') return undefined;
    const { id: replacedBy, text } = await this.issue(manager, session, now);
    const repeated = verdict === 'repeat';
    await this.tokens.change(
      manager,
      token.id,
      repeated ? { replacedBy, repeated } : { replacedBy, usedBy, usedAt: now },
    );
    // Nobody may have the one whose answer was lost; should somebody, it tells on both.
    if (repeated && successor && token.replacedBy) await this.tokens.change(manager, token.replacedBy, { usedAt: now });
    await this.sessions.touch(manager, session.id, client, now);
    return { subject: { ...subjectOf(account), session: session.id }, refreshToken: text };
  }

  /** Calls `work` with the token of which `text` is, locked; undefined when there is none. */
  private async use<T>(
    text: string,
    work: (manager: EntityManager, token: RefreshToken) => Promise<T>,
  ): Promise<T | undefined> {
    const [, id, secret] = FORM.exec(text) ?? [];
    if (id === undefined || secret === undefined) return undefined;
    const companyId = await this.uow.runAsWorker((manager) => this.tokens.companyOf(manager, id));
    if (companyId === undefined) return undefined;
    return this.uow.run(signInScope(companyId), async (manager) => {
      const token = await this.tokens.findLocked(manager, id);
      return token && secretFits(secret, token.hash) ? work(manager, token) : undefined;
    });
  }

  private async issue(manager: EntityManager, session: Session, now: Date): Promise<{ id: string; text: string }> {
    const secret = newSecret();
    const { id: sessionId, companyId, userId } = session;
    const token = {
      id: newId(),
      sessionId,
      companyId,
      userId,
      hash: hashSecret(secret),
      expiresAt: tokenEnd(session, now),
      usedAt: null,
      usedBy: null,
      replacedBy: null,
      repeated: false,
    };
    await this.tokens.insert(manager, Object.assign(new RefreshToken(), token));
    return { id: token.id, text: `mrt_${token.id}_${secret}` };
  }
}
