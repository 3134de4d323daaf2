import { describe, expect, it } from 'vitest';
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
    const attempt = () => requireScopeFor(entity, { role, scopes });
    if (allowed) expect(attempt).not.toThrow();
    else expect(attempt).toThrow(expect.objectContaining({ code: 'forbidden' }));
  });
});
