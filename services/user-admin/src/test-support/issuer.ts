import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

/** An OIDC issuer of a company: publishes its keys, and signs what a test wants. */
export class Issuer {
  /** What discovery says beside what it should. */
  discovery: Record<string, unknown> = {};
  /** How often it was asked for its keys. */
  asked = 0;
  private readonly keys = new Map<string, { readonly signer: CryptoKey; readonly published: JWK }>();

  private constructor(
    private readonly server: Server,
    /** `iss` of its tokens. */
    readonly url: string,
  ) {}

  static async start(): Promise<Issuer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new Issuer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => response.end(JSON.stringify(issuer.answer(request.url))));
    await issuer.newKey('first');
    return issuer;
  }

  async newKey(kid: string): Promise<void> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    this.keys.clear();
    this.keys.set(kid, { signer: privateKey, published: { ...(await exportJWK(publicKey)), kid, use: 'sig' } });
  }

  /** An ID token for the audience `muster`, signed with the newest key. */
  sign(claims: Record<string, unknown>): Promise<string> {
    const [[kid, key] = []] = this.keys;
    if (!kid || !key) throw new Error('No key');
    return new SignJWT({ sub: 'subject', ...claims })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setIssuer(this.url)
      .setAudience('muster')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(key.signer);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(path: string | undefined): unknown {
    if (path?.endsWith('/keys') === true) {
      this.asked += 1;
      return { keys: [...this.keys.values()].map(({ published }) => published) };
    }
    return { issuer: this.url, jwks_uri: `${this.url}/keys`, ...this.discovery };
  }
}
