import { Inject, Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '@muster/persistence';
import { CONFIG, type BaseConfig } from '@muster/platform';
import { isKeyDue, publishedKeys, signingKeyOf } from './key-rotation.js';
import { secondsOfToken, type AccessToken, type TokenSubject } from './access-token.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** Every replica learns within a minute which key to sign with. */
const RELOAD_AFTER_MS = 60_000;
const ALGORITHM = 'ES256';
const AUDIENCE = 'muster';

interface Signer {
  readonly kid: string;
  readonly key: CryptoKey | Uint8Array;
}

/** Signs access tokens, and publishes what they are verified with. Keys change by themselves, see `key-rotation.ts`. */
@Injectable()
export class AccessTokens {
  private signer: Promise<Signer> | undefined;
  private loadedAt = -Infinity;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: SigningKeysRepository,
    @Inject(CONFIG) private readonly config: BaseConfig,
  ) {}

  async sign(subject: TokenSubject): Promise<AccessToken> {
    const seconds = secondsOfToken(subject, new Date());
    const { kid, key } = await this.currentSigner();
    const { id, company, role, scopes, typ, version: ver, session: sid } = subject;
    const accessToken = await new SignJWT({
      company,
      role,
      scopes: [...scopes],
      typ,
      ver,
      ...(sid !== undefined && { sid }),
    })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
      .setIssuer(this.config.issuer)
      .setAudience(AUDIENCE)
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime(`${seconds}s`)
      .sign(key);
    return { accessToken, expiresIn: seconds };
  }

  /** The public keys; makes the first one when there is none. */
  async jwks(): Promise<{ keys: Record<string, unknown>[] }> {
    await this.currentSigner();
    const keys = await this.uow.runAsWorker((manager) => this.keys.all(manager));
    return { keys: publishedKeys(keys, new Date()).map(({ publicJwk }) => ({ ...publicJwk })) };
  }

  private currentSigner(): Promise<Signer> {
    if (this.signer && performance.now() - this.loadedAt < RELOAD_AFTER_MS) return this.signer;
    this.loadedAt = performance.now();
    const signer = this.load();
    this.signer = signer;
    // The next one tries again.
    signer.catch(() => (this.signer = undefined));
    return signer;
  }

  private async load(): Promise<Signer> {
    const { kid, privateJwk } = await this.uow.runAsWorker(async (manager) => {
      const keys = await this.keys.all(manager);
      const complete = isKeyDue(keys, new Date()) ? await this.create(manager) : keys;
      return signingKeyOf(complete, new Date());
    });
    return { kid, key: await importJWK(privateJwk, ALGORITHM) };
  }

  /** All keys, with the new one, unless another replica was quicker. */
  private async create(manager: EntityManager): Promise<SigningKey[]> {
    await this.keys.lock(manager);
    const existing = await this.keys.all(manager);
    if (!isKeyDue(existing, new Date())) return existing;
    const pair = await generateKeyPair(ALGORITHM, { extractable: true });
    const publicJwk: JWK = { ...(await exportJWK(pair.publicKey)), alg: ALGORITHM, use: 'sig' };
    const kid = await calculateJwkThumbprint(publicJwk);
    const privateJwk = await exportJWK(pair.privateKey);
    const created = { kid, privateJwk, publicJwk: { ...publicJwk, kid }, createdAt: new Date() };
    const key = Object.assign(new SigningKey(), created);
    await this.keys.insert(manager, key);
    return [key, ...existing];
  }
}
