import type { RowProblem } from '@muster/contracts';
import type { CellValue, RecordFields, RecordRule } from '../schema/field-schema.js';
import { dayOf, minutesBetween } from './local-times.js';

const MINUTES_PER_DAY = 24 * 60;

/** Somewhere to go to: a customer, or an address that can be found on a map. A street alone cannot. */
export const appointmentPlace: RecordRule = {
  fields: ['customer', 'city', 'postalCode', 'latitude'],
  check(record) {
    const isGiven = this.fields.some((field) => (record[field] ?? null) !== null);
    return isGiven ? undefined : { code: 'customer_or_address_missing', field: 'customer' };
  },
};

/**
 * Two of earliest begin, latest end and duration, or all three; then the duration fits between the two. A whole day needs
 * its day only. Times are those of the clock on the wall: the night in which it is changed has its 24 hours like any other.
 */
export const appointmentTimes: RecordRule = {
  fields: ['earliestBegin', 'latestEnd', 'duration', 'wholeDay'],
  check: (record) => (record['wholeDay'] === true ? wholeDayFault(record) : timesFault(record)),
};

function timesFault(record: RecordFields): RowProblem | undefined {
  const { earliestBegin: begin, latestEnd: end, duration } = record;
  const given = [begin, end, duration].filter((value) => (value ?? null) !== null);
  if (given.length < 2) return fault('missing', missingOf(record));
  return isText(begin) && isText(end) ? spanFault(minutesBetween(begin, end), 0, duration) : undefined;
}

function wholeDayFault({ earliestBegin: begin, latestEnd: end, duration }: RecordFields): RowProblem | undefined {
  if (!isText(begin)) return fault('day', 'earliestBegin');
  return spanFault(isText(end) ? minutesBetween(dayOf(begin), dayOf(end)) : 0, MINUTES_PER_DAY, duration);
}

/** @param minutes from begin to end @param more that belong to them beyond the end */
function spanFault(minutes: number, more: number, duration: CellValue | undefined): RowProblem | undefined {
  if (minutes < 0) return fault('order', 'latestEnd');
  if (typeof duration !== 'number' || duration <= minutes + more) return undefined;
  return { ...fault('duration', 'duration'), params: { reason: 'duration', minutes: minutes + more } };
}

function missingOf(record: RecordFields): string {
  return ['earliestBegin', 'latestEnd', 'duration'].find((field) => (record[field] ?? null) === null) ?? 'duration';
}

function fault(reason: 'missing' | 'day' | 'order' | 'duration', field: string): RowProblem {
  return { code: 'appointment_times', field, params: { reason } };
}

function isText(value: CellValue | undefined): value is string {
  return typeof value === 'string';
}
