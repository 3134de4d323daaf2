/** What an API key may be allowed; the scopes that operations of all services ask for. */
export const SCOPES = [
  'company:read',
  'company:write',
  'users:read',
  'users:write',
  // Of the connector of a host system, which keeps accounts in step.
  'users:sync',
  'imports:read',
  'imports:write',
  'records:read',
  'records:write',
  'restore-points:read',
  'notifications:read',
  'audit:read',
] as const;
export type ApiScope = (typeof SCOPES)[number];
