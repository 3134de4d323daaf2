import { constantFormat, GENERAL, type FormatKind, type NumberFormat } from './number-format.js';

/** Ids that files use without saying what they mean: ECMA-376 part 1, 18.8.30, with those of East Asia and Thailand. */
const KINDS: readonly (readonly [from: number, to: number, kind: FormatKind])[] = [
  [9, 10, 'percent'],
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'dateTime'],
  [27, 31, 'date'],
  [32, 35, 'time'],
  [36, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'duration'],
  [47, 47, 'time'],
  [50, 51, 'date'],
  [57, 58, 'date'],
  [67, 68, 'percent'],
  [71, 74, 'date'],
  [75, 76, 'time'],
  [77, 77, 'dateTime'],
  [78, 78, 'time'],
  [79, 79, 'duration'],
  [80, 80, 'time'],
  [81, 81, 'date'],
];

/** Months and days in one of the languages of East Asia, times in another: the value tells which. */
const DATE_OR_TIME: NumberFormat = { kind: undefined, kindOf: (value) => (value < 1 ? 'time' : 'date') };

const FORMATS = new Map<number, NumberFormat>();
for (const [from, to, kind] of KINDS) for (let id = from; id <= to; id++) FORMATS.set(id, constantFormat(kind));
for (const id of [34, 35, 52, 53, 54, 55, 56]) FORMATS.set(id, DATE_OR_TIME);

/** What an id means when the file itself does not say it. */
export function builtInFormat(id: number): NumberFormat {
  return FORMATS.get(id) ?? GENERAL;
}
