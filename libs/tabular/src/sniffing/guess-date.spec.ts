import { expect, it } from 'vitest';
import { guessDate } from './guess-date.js';

it.each<[string, string, string | undefined, string]>([
  ['2024-12-31', 'date', 'ymd', 'yyyy-MM-dd'],
  ['2024/1/2', 'date', 'ymd', 'yyyy/M/d'],
  ['31.12.2024', 'date', 'dmy', 'dd.MM.yyyy'],
  ['01.02.2024', 'date', 'dmy', 'dd.MM.yyyy'],
  ['1.2.24', 'date', 'dmy', 'd.M.yy'],
  ['31/12/2024', 'date', 'dmy', 'dd/MM/yyyy'],
  ['12/31/2024', 'date', 'mdy', 'MM/dd/yyyy'],
  ['12-31-24', 'date', 'mdy', 'MM-dd-yy'],
  ['01/02/2024', 'date', 'ambiguous', 'AA/BB/yyyy'],
  ['3/4/2024', 'date', 'ambiguous', 'A/B/yyyy'],
  ['29.02.2024', 'date', 'dmy', 'dd.MM.yyyy'],
  ['5. März 2024', 'date', 'dmy', 'd. MMM yyyy'],
  ['31 December 2024', 'date', 'dmy', 'dd MMMM yyyy'],
  ['31-Dec-24', 'date', 'dmy', 'dd-MMM-yy'],
  ['Dec 31, 2024', 'date', 'mdy', 'MMM d, yyyy'],
  ['2024-12-31T23:59:59.123Z', 'dateTime', 'ymd', "yyyy-MM-dd'T'HH:mm:ss"],
  ['2024-12-31 08:15:00+02:00', 'dateTime', 'ymd', 'yyyy-MM-dd HH:mm:ss'],
  ['31.12.2024 8:15', 'dateTime', 'dmy', 'dd.MM.yyyy H:mm'],
  ['12/31/2024, 08:15 PM', 'dateTime', 'mdy', 'MM/dd/yyyy hh:mm a'],
  ['08:15', 'time', undefined, 'HH:mm'],
  ['23:59:59', 'time', undefined, 'HH:mm:ss'],
])('%s is a %s, order %s, as %s', (text, type, order, pattern) => {
  expect(guessDate(text)).toEqual({ type, ...(order && { order }), pattern });
});

it.each([
  '', 'x', '2024', '12', '31.12.', '32.01.2024', '30.02.2024', '00.01.2024', '13.13.2024', '13/13/2024', '2024-13-01', '2024-00-10',
  '1.2.3', '10.0.0.1', '2024-1/2', '24:00', '12:60', '8:5', '1/2/345', '0001-01-01', '31 Foo 2024', '40 Dec 2024', 'AB-12-2024',
  `${' '.repeat(50)}12:00`,
])('%j is no date', (text) => {
  expect(guessDate(text)).toBeUndefined();
}); // prettier-ignore
