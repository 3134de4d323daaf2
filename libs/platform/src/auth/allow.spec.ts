import { describe, expect, it } from 'vitest';
import { mayCall, type AccessRule } from './allow.js';
import type { Role } from './caller.js';

const administrators: AccessRule = { roles: ['administrator'], scope: 'imports:write' };
const connectors: AccessRule = { roles: ['administrator'], scope: 'users:write', orScope: 'users:sync' };
const everybody: AccessRule = { roles: ['administrator', 'supervisor', 'user'] };
const operators: AccessRule = { roles: ['operator'] };
const themselves: AccessRule = { roles: ['user', 'portal', 'person'], scope: 'users:read' };
const person = (role: Role) => ({ role, scopes: [] });
const permitted = (...scopes: string[]) => ({ role: 'person' as const, scopes });
const key = (...scopes: string[]) => ({ role: 'key' as const, scopes });

describe('mayCall', () => {
  it.each([
    ['a listed role', administrators, person('administrator'), true],
    ['a role that is not listed', administrators, person('user'), false],
    ['an operator where operators are not listed', everybody, person('operator'), false],
    ['an operator where they are', operators, person('operator'), true],
    ['an administrator where only operators are', operators, person('administrator'), false],
    ['a key with the scope', administrators, key('records:read', 'imports:write'), true],
    ['a key with another scope', administrators, key('imports:read'), false],
    ['a key with the first of two scopes', connectors, key('users:write'), true],
    ['a key with the second of two scopes', connectors, key('users:sync'), true],
    ['a key with neither of two scopes', connectors, key('users:read'), false],
    ['a key where no scope is named', everybody, key('imports:write'), false],
    ['a portal user where others are listed', administrators, person('portal'), false],
    ['a portal user where portal users are', themselves, person('portal'), true],
    ['a portal user who claims a scope', administrators, { role: 'portal' as const, scopes: ['imports:write'] }, false],
    ['a person without permissions where others are listed', administrators, permitted(), false],
    ['a person without permissions where people are listed', themselves, permitted(), true],
    ['a person with the permission', administrators, permitted('imports:write'), true],
    ['a person with another permission', administrators, permitted('imports:read'), false],
    ['a person with any permission where no scope is named', everybody, permitted('imports:write'), false],
    ['a user who claims a scope', administrators, { role: 'user' as const, scopes: ['imports:write'] }, false],
  ])('%s', (_name, rule, caller, allowed) => {
    expect(mayCall(rule, caller)).toBe(allowed);
  });
});
