import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { requireScopeFor } from './account-scope.js';

describe('an import of accounts', () => {
  it.each([
    ['an administrator', 'user', 'administrator', [], true],
    ['a key for imports alone', 'user', 'key', ['imports:write', 'imports:read'], false],
    ['a key for accounts too', 'user', 'key', ['imports:write', 'users:write'], true],
    ['a person whose role options permit imports', 'user', 'person', ['imports:write'], false],
    ['a key for imports, of customers', 'customer', 'key', ['imports:write'], true],
    ['a key, of what is no entity', 'unicorn', 'key', [], true],
  ] as const)('%s', (_case, entity, role, scopes, allowed) => {
    let refusal: unknown;
    try {
      requireScopeFor(entity, { role, scopes });
    } catch (error) {
      refusal = error instanceof Problem ? error.code : error;
    }
    expect(refusal).toBe(allowed ? undefined : 'forbidden');
  });
});
