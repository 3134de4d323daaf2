import { secretFits } from '../sign-in/secret.js';
import type { ApiKeyCredential } from './api-keys.repository.js';

type Secrets = Pick<ApiKeyCredential, 'secretHash' | 'previousHash' | 'previousUntil'>;

/** Whether a secret is that of the key, or the one before it within the overlap of a rotation. Compares in constant time. */
export function fittingSecret(
  secret: string,
  { secretHash, previousHash, previousUntil }: Secrets,
  now: Date,
): boolean {
  if (secretFits(secret, secretHash)) return true;
  return previousHash !== null && previousUntil !== null && previousUntil > now && secretFits(secret, previousHash);
}
