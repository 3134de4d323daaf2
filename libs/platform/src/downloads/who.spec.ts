import { expect, it } from 'vitest';
import { whoOf, whoText } from './who.js';

const NAMES = new Map([['user:1', 'Ada Admin']]);

it.each([
  ['user:1', { type: 'user', id: '1', name: 'Ada Admin' }, 'Ada Admin', 'Ada Admin'],
  ['user:2', { type: 'user', id: '2', name: null }, 'Person 2', 'Person 2'],
  ['key:1', { type: 'key', id: '1', name: null }, 'API key 1', 'API-Schlüssel 1'],
  ['operator:1', { type: 'operator', id: '1', name: null }, 'Operator 1', 'Betreiber 1'],
  ['system', { type: 'system', id: null, name: null }, 'System', 'System'],
  ['system:1', { type: 'system', id: null, name: null }, 'System', 'System'],
  ['toString:1', { type: 'system', id: null, name: null }, 'System', 'System'],
])('%s is %j', (actor, who, en, de) => {
  expect(whoOf(actor, NAMES)).toEqual(who);
  expect([whoText(whoOf(actor, NAMES), 'en'), whoText(whoOf(actor, NAMES), 'de')]).toEqual([en, de]);
});
