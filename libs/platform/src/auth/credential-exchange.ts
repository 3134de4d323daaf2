import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { exchangeCredential, Problem } from '@muster/contracts';
import { Questions } from '../questions/questions.js';
import type { Credential } from './credential.js';

type Exchangeable = Exclude<Credential, { kind: 'token' }>;

/** A token that is about to expire is not handed out any more. */
const MARGIN_S = 10;
/** Unless the answer says otherwise. */
const TOKEN_LIFE_S = 300;

/** Exchanges API keys and passwords for access tokens at user-admin, and keeps those until they expire. */
@Injectable()
export class CredentialExchange {
  /** By SHA-256, so that the memory holds no credential. */
  private readonly tokens: LRUCache<string, string, { credential: Exchangeable }>;

  constructor(questions: Questions) {
    this.tokens = new LRUCache<string, string, { credential: Exchangeable }>({
      max: 10_000,
      ttl: TOKEN_LIFE_S * 1_000,
      fetchMethod: async (_hash, _stale, { options, context: { credential } }) => {
        const { kind: _kind, ...request } = credential;
        const answer = await questions.ask(exchangeCredential, request);
        if (!answer) return undefined;
        options.ttl = Math.max(1, answer.expiresIn - MARGIN_S) * 1_000;
        return answer.accessToken;
      },
    });
  }

  /** @throws Problem unauthenticated when the credential is not valid */
  async tokenFor(credential: Exchangeable): Promise<string> {
    const hash = createHash('sha256').update(JSON.stringify(credential)).digest('base64');
    const token = await this.tokens.fetch(hash, { context: { credential } });
    if (token === undefined) throw new Problem('unauthenticated');
    return token;
  }
}
