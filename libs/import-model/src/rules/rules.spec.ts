import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellValue, RecordFields } from '../schema/field-schema.js';
import { appointmentPlace, appointmentTimes } from './appointment-rules.js';
import { reportTimes } from './report-rules.js';

const NINE = '2026-03-14T09:00:00';
const TEN = '2026-03-14T10:00:00';
const reason = (record: RecordFields) => {
  const problem = appointmentTimes.check(record);
  return problem && `${problem.params?.['reason']} ${problem.field}`;
};

describe('the times of an appointment', () => {
  it.each<[string, CellValue, CellValue, CellValue, string | undefined]>([
    ['begin and end', NINE, TEN, null, undefined],
    ['begin and duration', NINE, null, 60, undefined],
    ['duration and end', null, TEN, 60, undefined],
    ['all three, the duration fitting exactly', NINE, TEN, 60, undefined],
    ['all three, with time to spare', NINE, TEN, 15, undefined],
    ['no time at all between begin and end', NINE, NINE, 0, undefined],
    ['begin alone', NINE, null, null, 'missing latestEnd'],
    ['end alone', null, TEN, null, 'missing earliestBegin'],
    ['duration alone', null, null, 60, 'missing earliestBegin'],
    ['nothing', null, null, null, 'missing earliestBegin'],
    ['end before begin', TEN, NINE, null, 'order latestEnd'],
    ['a minute too long', NINE, TEN, 61, 'duration duration'],
    ['an hour over midnight', '2026-12-31T23:30:00', '2027-01-01T00:30:00', 60, undefined],
    ['a night in which the clock is changed', '2026-03-29T00:00:00', '2026-03-29T04:00:00', 240, undefined],
  ])('%s', (_title, earliestBegin, latestEnd, duration, expected) => {
    expect(reason({ earliestBegin, latestEnd, duration, wholeDay: false })).toBe(expected);
    expect(reason({ earliestBegin, latestEnd, duration })).toBe(expected);
  });

  it.each<[string, CellValue, CellValue, CellValue, string | undefined]>([
    ['its day', NINE, null, null, undefined],
    ['its day from noon to morning', TEN, NINE, null, undefined],
    ['two days', NINE, '2026-03-15T00:00:00', 2880, undefined],
    ['the whole of its day', NINE, null, 1440, undefined],
    ['more than its day', NINE, null, 1441, 'duration duration'],
    ['more than its two days', NINE, '2026-03-15T00:00:00', 2881, 'duration duration'],
    ['no day', null, TEN, 60, 'day earliestBegin'],
    ['an end on the day before', NINE, '2026-03-13T23:59:00', null, 'order latestEnd'],
  ])('of a whole day: %s', (_title, earliestBegin, latestEnd, duration, expected) => {
    expect(reason({ earliestBegin, latestEnd, duration, wholeDay: true })).toBe(expected);
  });

  it('tell how long it could be', () => {
    const problem = appointmentTimes.check({ earliestBegin: NINE, latestEnd: TEN, duration: 90 });
    expect(problem).toEqual({
      code: 'appointment_times',
      field: 'duration',
      params: { reason: 'duration', minutes: 60 },
    });
  });

  it('fit whenever the duration is at most the time between, for any two times', () => {
    const moment = fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: 0, max: 44_640 }), (one, two, duration) => {
        const [begin, end] = [one, two].map((date) => date.toISOString().slice(0, 19));
        const between = Date.parse(`${end}Z`) - Date.parse(`${begin}Z`);
        const fits = between >= 0 && duration * 60_000 <= between;
        expect(reason({ earliestBegin: begin, latestEnd: end, duration }) === undefined).toBe(fits);
      }),
    );
  });
});

describe('the place of an appointment', () => {
  it.each<[string, RecordFields, boolean]>([
    ['a customer', { customer: 'f'.repeat(32) }, true],
    ['a city', { city: 'Graz' }, true],
    ['a postal code', { postalCode: '8010' }, true],
    ['coordinates', { latitude: 0, longitude: 0 }, true],
    ['a street alone', { street: 'Lindengasse 7', country: 'AT' }, false],
    ['nothing', { customer: null, city: null }, false],
  ])('%s', (_title, record, isEnough) => {
    const problem = { code: 'customer_or_address_missing', field: 'customer' };
    expect(appointmentPlace.check(record)).toEqual(isEnough ? undefined : problem);
  });
});

describe('the times of a report', () => {
  it.each<[CellValue, CellValue, boolean]>([
    [NINE, TEN, true],
    [NINE, NINE, true],
    [NINE, null, true],
    [null, TEN, true],
    [null, null, true],
    [TEN, NINE, false],
    ['2026-03-14T09:00:01', NINE, false],
  ])('from %s to %s', (start, end, isRight) => {
    expect(reportTimes.check({ start, end })).toEqual(isRight ? undefined : { code: 'report_times', field: 'end' });
  });
});
