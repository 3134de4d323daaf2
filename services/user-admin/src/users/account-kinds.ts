export const ACCOUNT_KINDS = ['staff', 'portal', 'person'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

/** 0 user, 1 supervisor, 2 administrator. */
export const AUTHORIZATION_LEVELS = [0, 1, 2] as const;
export type AuthorizationLevel = (typeof AUTHORIZATION_LEVELS)[number];
