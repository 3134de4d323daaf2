import { Inject, Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import { UnitOfWork } from '@muster/persistence';
import { CONFIG, type BaseConfig } from '@muster/platform';
import type { AccessToken, TokenSubject } from './access-token.js';
import { SigningKey } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

const ALGORITHM = 'ES256';
const AUDIENCE = 'muster';

interface Signer {
  readonly kid: string;
  readonly key: CryptoKey | Uint8Array;
}

/** Signs access tokens, and publishes what they are verified with. */
@Injectable()
export class AccessTokens {
  private signer: Promise<Signer> | undefined;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly keys: SigningKeysRepository,
    @Inject(CONFIG) private readonly config: BaseConfig,
  ) {}

  async sign(subject: TokenSubject, seconds: number): Promise<AccessToken> {
    const { kid, key } = await this.currentSigner();
    const { id, company, role, scopes, typ } = subject;
    const accessToken = await new SignJWT({ company, role, scopes: [...scopes], typ })
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
    const keys = await this.uow.runAsWorker((manager) => this.keys.publicKeys(manager));
    return { keys: keys.map((key) => ({ ...key })) };
  }

  private currentSigner(): Promise<Signer> {
    this.signer ??= this.load().catch((error: unknown) => {
      this.signer = undefined;
      throw error;
    });
    return this.signer;
  }

  private async load(): Promise<Signer> {
    const { kid, privateJwk } = await this.uow.runAsWorker(
      async (manager) => (await this.keys.newest(manager)) ?? (await this.create(manager)),
    );
    return { kid, key: await importJWK(privateJwk, ALGORITHM) };
  }

  private async create(manager: EntityManager): Promise<SigningKey> {
    await this.keys.lock(manager);
    const existing = await this.keys.newest(manager);
    if (existing) return existing;
    const pair = await generateKeyPair(ALGORITHM, { extractable: true });
    const publicJwk: JWK = { ...(await exportJWK(pair.publicKey)), alg: ALGORITHM, use: 'sig' };
    const kid = await calculateJwkThumbprint(publicJwk);
    const privateJwk = await exportJWK(pair.privateKey);
    const created = { kid, privateJwk, publicJwk: { ...publicJwk, kid }, createdAt: new Date() };
    const key = Object.assign(new SigningKey(), created);
    await this.keys.insert(manager, key);
    return key;
  }
}
