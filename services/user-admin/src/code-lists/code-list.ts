import type { Texts } from '@muster/contracts';
import { SCOPES, type ApiScope } from '../api-keys/scopes.js';

export const CODE_LISTS = ['access-levels', 'portal-roles', 'role-options', 'customer-types'] as const;
export type CodeListName = (typeof CODE_LISTS)[number];

/**
 * What a role option may let a person do: the scopes that operations ask for, so that each operation has one rule for
 * connectors and people. Keeping accounts in step with a host system is for its connector alone.
 */
export type Permission = Exclude<ApiScope, 'users:sync'>;
export const PERMISSIONS: readonly Permission[] = SCOPES.filter((scope) => scope !== 'users:sync');

export interface Code {
  readonly labels: Texts;
  /** Of role options; the other lists have none. */
  readonly permissions?: readonly Permission[];
}

/** Codes in the order that the company has given them. */
export type CodeList = ReadonlyMap<string, Code>;

const SYS_ADMIN: Code = {
  labels: { en: 'System administrator', de: 'Systemadministrator' },
  permissions: PERMISSIONS,
};

/** What a company has that has written no list of its own. */
export function presetList(name: CodeListName): CodeList {
  return new Map(name === 'role-options' ? [['Sys_Admin', SYS_ADMIN]] : []);
}

/** What a person of role 1 may do: what its role options list, exactly that. One that is no more listed gives nothing. */
export function permissionsOf(roleOptions: readonly string[], list: CodeList): ReadonlySet<Permission> {
  return new Set(roleOptions.flatMap((option) => list.get(option)?.permissions ?? []));
}

export function isCodeListName(text: string): text is CodeListName {
  return (CODE_LISTS as readonly string[]).includes(text);
}
