import { Injectable } from '@nestjs/common';
import { importJWK, type CryptoKey, type JWK } from 'jose';
import { signingKeys } from '@muster/contracts';
import { Questions } from '../questions/questions.js';

/** An unknown key may be a new one; whoever sends made-up ones shall not make us ask more often than that. */
const REFETCH_AFTER_MS = 10_000;
/** A key that is no longer published is forgotten. */
const MAX_AGE_MS = 60 * 60_000;

/** The public keys of access tokens, by `kid`, as user-admin publishes them. */
@Injectable()
export class SigningKeys {
  private keys = new Map<string, CryptoKey>();
  private fetchedAt = -Infinity;
  private fetching: Promise<void> | undefined;

  constructor(private readonly questions: Questions) {}

  /** @throws Problem service_unavailable when the key is not known and user-admin does not answer */
  async find(kid: string): Promise<CryptoKey | undefined> {
    const age = performance.now() - this.fetchedAt;
    if (age >= (this.keys.has(kid) ? MAX_AGE_MS : REFETCH_AFTER_MS)) await this.fetch();
    return this.keys.get(kid);
  }

  private fetch(): Promise<void> {
    this.fetching ??= this.load().finally(() => {
      this.fetching = undefined;
    });
    return this.fetching;
  }

  private async load(): Promise<void> {
    const { keys } = await this.questions.ask(signingKeys, {});
    const loaded = new Map<string, CryptoKey>();
    for (const jwk of keys as JWK[]) {
      const key = await importJWK(jwk, 'ES256');
      // A symmetric key would be a secret, and none of ours.
      if (jwk.kid !== undefined && !(key instanceof Uint8Array)) loaded.set(jwk.kid, key);
    }
    this.keys = loaded;
    this.fetchedAt = performance.now();
  }
}
