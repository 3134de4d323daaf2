import { describe, expect, it } from 'vitest';
import type { AccountKind } from './account-kinds.js';
import { blankState, type AccountState, type AccountWishes } from './account-state.js';
import { planChange, planCreation } from './plan-account.js';

const context = { company: { language: 'de', country: 'AT' }, today: '2026-03-14' } as const;
const named = { firstName: 'Anna', lastName: 'Muster', email: 'anna@example.com' };

const faultsOf = (faults: readonly { pointer?: string; code: string }[]) =>
  faults.map(({ pointer, code }) => `${pointer} ${code}`);
const creation = (kind: AccountKind, wishes: AccountWishes) => planCreation(kind, wishes, context);
const anna: AccountState = { ...blankState('staff', 'de'), ...named, username: 'anna', displayName: 'Anna Muster' };
const change = (wishes: AccountWishes, before: Partial<AccountState> = {}) =>
  planChange({ ...anna, ...before }, wishes, context);

describe('a new account', () => {
  it.each<[AccountKind, AccountWishes, string[]]>([
    ['staff', named, []],
    ['staff', { email: 'a@b.at', displayName: 'Anna Muster' }, []],
    ['staff', { email: 'a@b.at', displayName: 'Cher' }, ['/firstName required']],
    ['staff', { username: 'anna', firstName: 'A', lastName: 'M' }, ['/email required']],
    ['staff', {}, ['/email required', '/firstName required', '/lastName required']],
    ['portal', { email: 'a@b.at', displayName: 'Cher' }, []],
    ['portal', { email: 'a@b.at' }, ['/displayName required']],
    ['portal', { displayName: 'Cher' }, ['/email required']],
    ['portal', { ...named, hasOwnSchedule: true }, ['/hasOwnSchedule not_for_kind']],
    ['portal', { ...named, hasOwnSchedule: false }, []],
    ['portal', { ...named, authorizationLevel: 1 }, ['/authorizationLevel not_for_kind']],
    ['person', { firstName: 'A', lastName: 'M', username: 'am' }, []],
    ['person', { firstName: 'A', lastName: 'M' }, ['/email required']],
    ['person', { ...named, lastName: null }, ['/lastName required']],
    ['person', { ...named, authorizationLevel: 2 }, []],
    ['person', { ...named, authorizationLevel: 1 }, ['/authorizationLevel not_for_kind']],
  ])('of kind %s with %j lacks %j', (kind, wishes, expected) => {
    expect(faultsOf(creation(kind, wishes).faults)).toEqual(expected);
  });

  it.each([
    ['staff', true],
    ['portal', false],
    ['person', false],
  ] as const)('of kind %s has an own schedule: %s', (kind, hasOwnSchedule) => {
    expect(creation(kind, named).after).toMatchObject({
      kind,
      hasOwnSchedule,
      loginEnabled: true,
      authorizationLevel: 0,
    });
  });

  it('has the language of the company unless it is given', () => {
    expect(creation('staff', named).after.language).toBe('de');
    expect(creation('staff', { ...named, language: 'en' }).after.language).toBe('en');
    expect(creation('staff', { ...named, language: null }).after.language).toBe('de');
  });
});

describe('a value', () => {
  it.each<[AccountWishes, string[]]>([
    [{ uprn: '010003456789' }, []],
    [{ uprn: '10003456789' }, ['/uprn uprn_too_short']],
    [{ uprn: '0100034567890' }, ['/uprn uprn_digits']],
    [{ uprn: '01000345678x' }, ['/uprn uprn_digits']],
    [{ dateOfBirth: '2026-03-13' }, []],
    [{ dateOfBirth: '2026-03-14' }, ['/dateOfBirth date_not_past']],
    [{ dateOfBirth: '2023-02-29' }, ['/dateOfBirth invalid_format']],
    [{ dateOfBirth: '13.3.2026' }, ['/dateOfBirth invalid_format']],
    [{ homeLatitude: 47, homeLongitude: 15 }, []],
    [{ homeLatitude: 47 }, ['/home/longitude coordinates_incomplete']],
    [{ homeLongitude: 0 }, ['/home/latitude coordinates_incomplete']],
    [{ phone: '+43 (316) 8050/0-1' }, []],
    [{ phone: '0316 8050 ext 7' }, ['/phone phone_characters']],
    [{ mobile: '()' }, ['/mobile phone_characters']],
    [{ workingHoursMonFrom: '08:00', workingHoursMonTo: '17:30' }, []],
    [{ workingHoursMonFrom: '8:00', workingHoursMonTo: '17:30' }, ['/workingHours/mon/from time_format']],
    [{ workingHoursMonFrom: '08:00', workingHoursMonTo: '24:00' }, ['/workingHours/mon/to time_format']],
    [{ workingHoursMonFrom: '17:30', workingHoursMonTo: '08:00' }, ['/workingHours/mon/to times_reversed']],
    [{ workingHoursSunFrom: '08:00' }, ['/workingHours/sun/to times_incomplete']],
    [{ workingHoursSunFrom: 'closed', workingHoursSunTo: '08:00' }, ['/workingHours/sun/from times_incomplete']],
    [{ workBreakFrom: 'closed', workBreakTo: 'closed' }, ['/workBreak/from time_format', '/workBreak/to time_format']],
    [{ workBreakFrom: '12:00', workBreakTo: '12:00' }, ['/workBreak/to times_reversed']],
    [{ email: null }, ['/email required']],
    [{ loginEnabled: null }, ['/loginEnabled required']],
    [{ displayName: 'x'.repeat(51) + ' Muster' }, []],
    [{ firstName: 'x'.repeat(51) }, ['/firstName too_long']],
    [{ roles: ['a', 'a'] }, ['/roles not_unique']],
    [{ groupIds: Array.from({ length: 97 }, (_, n) => `${n}`) }, []],
    [{ groupIds: Array.from({ length: 98 }, (_, n) => `${n}`) }, ['/userGroups too_many']],
  ])('%j: %j', (wishes, expected) => {
    expect(faultsOf(change(wishes).faults)).toEqual(expected);
  });

  it('says how many digits a UPRN has that a spreadsheet has cut', () => {
    expect(change({ uprn: '345' }).faults).toEqual([
      { pointer: '/uprn', code: 'uprn_too_short', params: { length: 3 } },
    ]);
  });
});

describe('a change', () => {
  it.each<[string, AccountWishes, Partial<AccountState>, Partial<AccountState>]>([
    ['of nothing', { firstName: 'Anna', homeCity: null, roles: null }, {}, {}],
    ['of one field', { title: 'Dr.' }, {}, { title: 'Dr.' }],
    ['that empties', { title: null }, { title: 'Dr.' }, { title: null }],
    ['that empties a list', { roles: null }, { roles: ['a'] }, { roles: [] }],
    ['of the order of groups', { groupIds: ['b', 'a'] }, { groupIds: ['a', 'b'] }, {}],
    ['to the language of the company', { language: null }, { language: 'en' }, { language: 'de' }],
    ['of what is needed, but was never there', { email: null }, { email: null }, {}],
    [
      'to a day off',
      { workingHoursMonFrom: 'closed' },
      { workingHoursMonFrom: '08:00', workingHoursMonTo: '09:00' },
      { workingHoursMonFrom: 'closed', workingHoursMonTo: 'closed' },
    ],
    ['of a name', { lastName: 'Huber' }, {}, { lastName: 'Huber', displayName: 'Anna Huber' }],
    ['of a number', { mobile: '0664 1234567' }, {}, { mobile: '0664 1234567', mobileE164: '+436641234567' }],
    [
      'of a foreign number',
      { mobile: '+49 1512 3456789' },
      {},
      { mobile: '+49 1512 3456789', mobileE164: '+4915123456789' },
    ],
    [
      'that empties a number',
      { mobile: null },
      { mobile: '0664 1234567', mobileE164: '+436641234567' },
      { mobile: null, mobileE164: null },
    ],
  ])('%s', (_what, wishes, before, changes) => {
    const plan = change(wishes, before);
    expect(plan.faults).toEqual([]);
    expect(plan.changes).toEqual(changes);
  });

  it('warns of a number that cannot be called from abroad', () => {
    const plan = change({ phone: '12', mobile: '0664 1234567' });
    expect(plan).toMatchObject({ faults: [], warnings: [{ pointer: '/phone', code: 'phone_not_international' }] });
    expect(plan.after.phoneE164).toBeNull();
  });
});
