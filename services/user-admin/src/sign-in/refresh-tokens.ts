import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { UsersRepository } from '../users/users.repository.js';
import type { TokenSubject } from './access-token.js';
import { signInScope, subjectOf } from './credentials.js';
import { RefreshToken } from './refresh-token.entity.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';
import { refreshVerdict } from './refresh-verdict.js';
import { hashSecret, newSecret, secretFits } from './secret.js';

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const FORM = /^mrt_([0-9a-f]{32})_([A-Za-z0-9_-]{43})$/;

export interface Refreshed {
  readonly subject: TokenSubject;
  /** Replaces the one that was used. */
  readonly refreshToken: string;
}

/** Chains of refresh tokens: each is good once; the second use of one ends its whole family. */
@Injectable()
export class RefreshTokens {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tokens: RefreshTokensRepository,
    private readonly users: UsersRepository,
  ) {}

  /** Begins a family for a person who has just signed in. */
  begin(subject: TokenSubject): Promise<string> {
    return this.uow.run(signInScope(subject.company), async (manager) => {
      await this.tokens.deleteExpired(manager, subject.id, new Date());
      return this.issue(manager, subject, newId());
    });
  }

  /** @throws Problem invalid_credentials */
  async rotate(text: string): Promise<Refreshed> {
    // The end of a family must be committed, so the refusal is thrown after the unit of work.
    const refreshed = await this.use(text, async (manager, token) => {
      const now = new Date();
      const account = await this.users.find(manager, token.userId);
      const verdict = refreshVerdict(token, now);
      if (verdict === 'revokeFamily') await this.tokens.revokeFamily(manager, token.family, now);
      if (verdict !== 'rotate' || !account?.loginEnabled) return undefined;
      const subject = subjectOf(account);
      await this.tokens.markUsed(manager, token.id, now);
      return { subject, refreshToken: await this.issue(manager, subject, token.family) };
    });
    if (!refreshed) throw new Problem('invalid_credentials');
    return refreshed;
  }

  /** Ends the family of a token; what is no token of ours is let pass (RFC 7009, section 2.2). */
  async revoke(text: string): Promise<void> {
    await this.use(text, (manager, token) => this.tokens.revokeFamily(manager, token.family, new Date()));
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

  private async issue(manager: EntityManager, subject: TokenSubject, family: Id): Promise<string> {
    const secret = newSecret();
    const expiresAt = new Date(Date.now() + LIFETIME_MS);
    const token = {
      id: newId(),
      family,
      companyId: subject.company,
      userId: subject.id,
      hash: hashSecret(secret),
      expiresAt,
      usedAt: null,
      revokedAt: null,
    };
    await this.tokens.insert(manager, Object.assign(new RefreshToken(), token));
    return `mrt_${token.id}_${secret}`;
  }
}
