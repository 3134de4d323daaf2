/** What an API key may be allowed; the scopes that operations of all services ask for. */
export const SCOPES = [
  'company:read',
  'company:write',
  'users:read',
  'users:write',
  'imports:read',
  'imports:write',
  'records:read',
  'records:write',
  'restore-points:read',
  'notifications:read',
] as const;
export type ApiScope = (typeof SCOPES)[number];
