import { RecordCutter } from '../csv/record-cutter.js';
import { isBlankRecord, recordSplitter } from '../csv/split-records.js';

export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type CsvDelimiter = (typeof DELIMITERS)[number];

const SAMPLE_RECORDS = 200;

/** Records of the beginning of a file, split as this delimiter and quote say. */
export function headRecords(text: string, delimiter: string, quote: string, isWholeFile: boolean): string[][] {
  const cutter = new RecordCutter({ delimiter, quote, cellLength: text.length });
  return recordSplitter(delimiter, quote)(cutter.push(text, isWholeFile).text);
}

/** The line `sep=;` with which a file tells spreadsheets its delimiter. */
export function announcedDelimiter(text: string): string | undefined {
  const line = /^"?sep=([^\r\n])"?[ \t]*(?:[\r\n]|$)/i.exec(text);
  return line?.[1];
}

/** The delimiter with which most records have the same number of cells; of equals, the one that makes more cells. */
export function recogniseDelimiter(text: string, quote: string, isWholeFile: boolean): CsvDelimiter {
  const rated = DELIMITERS.map((delimiter) => {
    const records = headRecords(text, delimiter, quote, isWholeFile).slice(0, SAMPLE_RECORDS);
    return { delimiter, ...rate(records.filter((cells) => !isBlankRecord(cells))) };
  }).filter(({ width }) => width > 1);
  const best = rated.reduce<(typeof rated)[number] | undefined>((a, b) => (a && !isBetter(b, a) ? a : b), undefined);
  return best?.delimiter ?? ',';
}

interface Rating {
  /** Number of cells that most records have. */
  readonly width: number;
  /** Part of the records that have it, 0 to 1. */
  readonly agreement: number;
}

function rate(records: readonly string[][]): Rating {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0]);
  return { width, agreement: records.length === 0 ? 0 : count / records.length };
}

function isBetter(a: Rating, b: Rating): boolean {
  const difference = a.agreement - b.agreement;
  return Math.abs(difference) < 0.1 ? a.width > b.width : difference > 0;
}
