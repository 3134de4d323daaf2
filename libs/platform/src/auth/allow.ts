import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension, ApiSecurity } from '@nestjs/swagger';
import { type Caller, type Role } from './caller.js';

/**
 * Who may call an operation: people by role, API keys by a scope. Without a scope no key may. Accounts of the kind `person` also
 * by a scope: their role options permit what scopes permit keys.
 */
export interface AccessRule {
  readonly roles: readonly Role[];
  /** `imports:write` */
  readonly scope?: string;
  /** Another scope that suffices, of keys that may do this and little else. */
  readonly orScope?: string;
}

export const ACCESS_RULE = 'muster:access-rule';
export const BEARER = 'bearer';
export const API_KEY = 'apiKey';
export const BASIC = 'basic';

/**
 * The access rule of a handler. Every handler has one, or is `@Public()`; a service with one that has neither refuses to
 * start. An operator passes only where `operator` is listed.
 */
export function Allow(rule: AccessRule): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ACCESS_RULE, rule),
    ApiSecurity(BEARER),
    ...(rule.scope ? [ApiSecurity(API_KEY), ApiExtension('x-muster-scope', scopesOf(rule).join(' or '))] : []),
    ApiExtension('x-muster-roles', [...rule.roles]),
  );
}

export function mayCall(rule: AccessRule, caller: Pick<Caller, 'role' | 'scopes'>): boolean {
  const byScope = caller.role === 'key' || caller.role === 'person';
  if (byScope && scopesOf(rule).some((scope) => caller.scopes.includes(scope))) return true;
  return caller.role !== 'key' && rule.roles.includes(caller.role);
}

/** What a refused caller lacks, for the text of the problem. */
export function neededBy(rule: AccessRule): string {
  return [...rule.roles, ...scopesOf(rule)].join(', ');
}

function scopesOf({ scope, orScope }: AccessRule): string[] {
  return [scope, orScope].filter((each) => each !== undefined);
}
