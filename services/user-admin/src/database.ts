import { MESSAGING_ENTITIES } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import { IDEMPOTENCY_ENTITIES } from '@muster/platform';
import { ApiKey } from './api-keys/api-key.entity.js';
import { Company } from './companies/company.entity.js';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation.js';
import { Accounts1764000000010 } from './migrations/1764000000010-accounts.js';
import { AuditLog1764000000030 } from './migrations/1764000000030-audit-log.js';
import { RefreshToken } from './sign-in/refresh-token.entity.js';
import { SigningKey } from './sign-in/signing-key.entity.js';
import { UserAccount } from './users/user-account.entity.js';

export const USER_ADMIN_DATABASE: ServiceDatabase = {
  service: 'user-admin',
  entities: [Company, UserAccount, ApiKey, RefreshToken, SigningKey, ...MESSAGING_ENTITIES, ...IDEMPOTENCY_ENTITIES],
  migrations: [Foundation1764000000000, Accounts1764000000010, AuditLog1764000000030],
};
