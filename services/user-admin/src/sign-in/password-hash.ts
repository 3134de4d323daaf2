import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

// RFC 7914. OWASP's password storage cheat sheet: N = 2^15, r = 8, p = 3; 32 MiB and some 250 ms of one core for each try.
const COST = { N: 2 ** 15, r: 8, p: 3 } as const;
const KEY_BYTES = 32;
const MAX_MEMORY = 64 * 1024 * 1024;

function derive(password: string, salt: Buffer, cost: ScryptOptions, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** `scrypt$N$r$p$salt$key`, salt and key in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return format(COST, salt, await derive(password, salt, COST, KEY_BYTES));
}

/** No password fits it, but finding that out takes as long as with a real one. */
const NOBODY = format(COST, Buffer.alloc(16), randomBytes(KEY_BYTES));

/**
 * Compares in constant time.
 * @param hash null, for an unknown account or one without a password: as much work, and false
 */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? NOBODY).split('$');
  const expected = Buffer.from(key, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await derive(password, Buffer.from(salt, 'base64url'), cost, expected.length);
  return timingSafeEqual(actual, expected) && hash !== null;
}

/** Whether a hash was made with another cost than is used now; it is replaced when the password is known, at a sign-in. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(['scrypt', COST.N, COST.r, COST.p, ''].join('$'));
}

function format(cost: typeof COST, salt: Buffer, key: Buffer): string {
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}
