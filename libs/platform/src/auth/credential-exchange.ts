import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { exchangeCredential, Problem } from '@muster/contracts';
import { Questions } from '../questions/questions.js';
import type { Credential } from './credential.js';

export type Exchangeable = Exclude<Credential, { kind: 'token' }>;

interface Occasion {
  readonly credential: Exchangeable;
  /** From where it came. */
  readonly address: string | undefined;
}

/** A token that is about to expire is not handed out any more. */
const MARGIN_S = 10;
/** Unless the answer says otherwise. */
const TOKEN_LIFE_S = 300;

/** Exchanges API keys and passwords for access tokens at user-admin, and keeps those until they expire. */
@Injectable()
export class CredentialExchange {
  /** By SHA-256, so that the memory holds no credential. */
  private readonly tokens: LRUCache<string, string, Occasion>;

  constructor(questions: Questions) {
    this.tokens = new LRUCache<string, string, Occasion>({
      max: 10_000,
      ttl: TOKEN_LIFE_S * 1_000,
      fetchMethod: async (_hash, _stale, { options, context }) => {
        const answer = await questions.ask(exchangeCredential, requestOf(context));
        if (!answer) return undefined;
        options.ttl = Math.max(1, answer.expiresIn - MARGIN_S) * 1_000;
        return answer.accessToken;
      },
    });
  }

  /** @throws Problem unauthenticated when the credential is not valid */
  async tokenFor(credential: Exchangeable, address?: string): Promise<string> {
    const token = await this.tokens.fetch(hashOf(credential), { context: { credential, address } });
    if (token === undefined) throw new Problem('unauthenticated');
    return token;
  }

  /** The next one is asked for anew. */
  forget(credential: Exchangeable): void {
    this.tokens.delete(hashOf(credential));
  }
}

function hashOf(credential: Exchangeable): string {
  return createHash('sha256').update(JSON.stringify(credential)).digest('base64');
}

function requestOf({ credential, address }: Occasion) {
  if (credential.kind === 'apiKey') return { apiKey: credential.apiKey };
  const { company, username, password } = credential;
  return { company, username, password, ...(address !== undefined && { address }) };
}
