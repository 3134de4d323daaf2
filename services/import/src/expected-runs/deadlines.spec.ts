import { describe, expect, it } from 'vitest';
import { countsSince, deadlinesPassed, nextDeadline, WEEKDAYS, type ExpectedBy } from './deadlines.js';

const VIENNA = 'Europe/Vienna';
const daily: ExpectedBy = { localTime: '06:00', weekdays: WEEKDAYS, withinHours: 12 };
const workdays: ExpectedBy = { ...daily, weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'] };

describe('the time by which a run is expected', () => {
  it.each<[string, ExpectedBy, string, string, string]>([
    ['is today’s', daily, VIENNA, '2026-11-23T04:59Z', '2026-11-23T05:00Z'],
    ['is tomorrow’s, once it is that time', daily, VIENNA, '2026-11-23T05:00Z', '2026-11-24T05:00Z'],
    ['passes over the weekend', workdays, VIENNA, '2026-11-20T12:00Z', '2026-11-23T05:00Z'],
    ['goes by the day of the zone', { ...daily, weekdays: ['mon'] }, 'Pacific/Kiritimati', '2026-11-22T11:00Z', '2026-11-22T16:00Z'],
    ['keeps to the clock in summer', daily, VIENNA, '2026-07-01T12:00Z', '2026-07-02T04:00Z'],
    ['comes an hour earlier when clocks have gone forward', daily, VIENNA, '2026-03-28T05:00Z', '2026-03-29T04:00Z'],
    ['comes an hour later when they have gone back', daily, VIENNA, '2026-10-24T04:00Z', '2026-10-25T05:00Z'],
    ['is there when its hour is left out', { ...daily, localTime: '02:30' }, VIENNA, '2026-03-28T12:00Z', '2026-03-29T01:30Z'],
    ['comes once in the hour that comes twice', { ...daily, localTime: '02:30' }, VIENNA, '2026-10-25T00:30Z', '2026-10-26T01:30Z'],
    ['may be a week away', { ...daily, weekdays: ['mon'] }, 'UTC', '2026-11-23T06:00Z', '2026-11-30T06:00Z'],
  ])('%s', (_name, expected, zone, after, next) => {
    expect(nextDeadline(new Date(after), expected, zone)).toEqual(new Date(next));
  }); // prettier-ignore
});

describe('times that have passed', () => {
  it('are each day’s, none twice and none left out, also across a change of the clocks', () => {
    const passed = deadlinesPassed(new Date('2026-03-27T12:00Z'), new Date('2026-03-30T04:00Z'), daily, VIENNA, 9);
    expect(passed).toEqual(['2026-03-28T05:00Z', '2026-03-29T04:00Z', '2026-03-30T04:00Z'].map((at) => new Date(at)));
  });

  it('are none before the next', () => {
    expect(deadlinesPassed(new Date('2026-11-23T05:00Z'), new Date('2026-11-24T04:59Z'), daily, VIENNA, 9)).toEqual([]);
  });

  it('are the last ones, where nobody has looked for long', () => {
    const passed = deadlinesPassed(new Date('2020-01-01T00:00Z'), new Date('2026-11-23T05:00Z'), daily, VIENNA, 2);
    expect(passed).toEqual(['2026-11-22T05:00Z', '2026-11-23T05:00Z'].map((at) => new Date(at)));
  });
});

it('a run counts that ended in the hours before', () => {
  expect(countsSince(new Date('2026-11-23T05:00Z'), daily)).toEqual(new Date('2026-11-22T17:00Z'));
});
