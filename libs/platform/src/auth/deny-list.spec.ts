import { expect, it } from 'vitest';
import type { Revocation } from '@muster/contracts';
import { DenyList } from './deny-list.js';
import type { Claims } from './token-verifier.js';

const [user, key, session, other] = ['1', '2', '3', '4'].map((digit) => digit.repeat(32)) as [
  string,
  string,
  string,
  string,
];
const company = '5'.repeat(32);
const person = (ver: number, sid?: string): Claims => ({
  typ: 'user', sub: user, company, role: 'user', scopes: [], ver, ...(sid !== undefined && { sid }),
}); // prettier-ignore
const connector = (ver: number): Claims => ({ typ: 'key', sub: key, company, scopes: [], ver });
const operator = (ver: number): Claims => ({ typ: 'operator', sub: key, ver });
const end = (kind: Revocation['kind'], id: string, rest: Partial<Revocation> = {}): Revocation => ({
  kind, id, minVersion: null, exceptSession: null, ...rest,
}); // prettier-ignore

it.each([
  ['nothing', [], person(0, session), false],
  ['its session', [end('session', session)], person(0, session), true],
  ['another session', [end('session', other)], person(0, session), false],
  ['a session, for a token without one', [end('session', session)], person(0), false],
  ['what its person was before', [end('user', user, { minVersion: 2 })], person(1, session), true],
  ['what its person was before, given since', [end('user', user, { minVersion: 2 })], person(2, session), false],
  ['all of its person', [end('user', user)], person(9), true],
  ['all but its session', [end('user', user, { minVersion: 2, exceptSession: session })], person(1, session), false],
  ['all but another session', [end('user', user, { minVersion: 2, exceptSession: other })], person(1, session), true],
  ['all but another session, for a token without one', [end('user', user, { minVersion: 2, exceptSession: other })], person(1), true],
  ['first all but its session, then all', [end('user', user, { minVersion: 2, exceptSession: session }), end('user', user, { minVersion: 3 })], person(1, session), true],
  ['another person', [end('user', other)], person(0), false],
  ['its key', [end('key', key)], connector(0), true],
  ['its key of an operator', [end('key', key)], operator(0), true],
  ['what its key was before', [end('key', key, { minVersion: 2 })], connector(1), true],
  ['what its key was before, given since', [end('key', key, { minVersion: 2 })], connector(2), false],
  ['a person by the id of the key', [end('user', key)], connector(0), false],
] as const)('ending %s: %#', (_name, revocations, claims, ended) => {
  const list = new DenyList();
  list.add(revocations);
  expect(list.has(claims)).toBe(ended);
}); // prettier-ignore
