import { describe, expect, it } from 'vitest';
import { blankState, type AccountWishes } from '../users/account-state.js';
import { fieldsOf, massFaults, wishesFor, type MassWishes } from './mass-wishes.js';

const context = { company: { language: 'de', country: 'AT' }, today: '2026-03-14' } as const;
const mass = (wishes: AccountWishes, addGroups: string[] = [], removeGroups: string[] = []): MassWishes => {
  return { wishes, addGroups, removeGroups };
};

describe('the groups of an account', () => {
  it.each<[string[], string[], string[], string[]]>([
    [['a'], ['b'], [], ['a', 'b']],
    [['a', 'b'], ['b'], [], ['a', 'b']],
    [['a', 'b'], [], ['b', 'c'], ['a']],
    [['a'], ['b'], ['a'], ['b']],
    [[], [], ['a'], []],
  ])('%j with %j more and %j less are %j', (before, add, remove, after) => {
    const account = { ...blankState('staff', 'de'), groupIds: before };
    expect(wishesFor(mass({ title: 'Dr.' }, add, remove))(account)).toEqual({ title: 'Dr.', groupIds: after });
  });

  it('are left alone when nothing is said of them', () => {
    const wishes = { title: 'Dr.' };
    expect(wishesFor(mass(wishes))(blankState('staff', 'de'))).toBe(wishes);
  });
});

describe('what is wrong for everybody', () => {
  it.each<[MassWishes, string[]]>([
    [mass({}), [' nothing_to_change']],
    [mass({ title: 'Dr.', language: null, homeLatitude: 47 }), []],
    [mass({}, ['a']), []],
    [mass({ title: 'Doctor' }), ['/title too_long']],
    [
      mass({ workingHoursMonFrom: '25:00', phone: 'x' }),
      ['/phone phone_characters', '/workingHours/mon/from time_format'],
    ],
    [mass({ loginEnabled: null, hasOwnSchedule: null }), ['/hasOwnSchedule required', '/loginEnabled required']],
    // These may be right for some.
    [mass({ authorizationLevel: 1, hasOwnSchedule: true, workBreakFrom: '18:00' }), []],
    [mass({ groupIds: ['a'] }, ['b'], ['c']), ['/addUserGroups groups_contradict']],
    [mass({ groupIds: [] }, [], ['c']), ['/removeUserGroups groups_contradict']],
    [mass({}, ['a', 'b'], ['b']), ['/removeUserGroups groups_contradict']],
  ])('%j: %j', (wishes, expected) => {
    expect(massFaults(wishes, context).map(({ pointer = '', code }) => `${pointer} ${code}`)).toEqual(expected);
  });
});

it('names its fields', () => {
  expect(fieldsOf(mass({ homeCity: null, title: 'Dr.' }, [], ['a']))).toEqual(['title', 'userGroups', 'home.city']);
});
