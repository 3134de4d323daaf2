import { isBlank } from '../is-blank.js';
import { isCleanCell, rawRecords } from './raw-cells.js';
import { RecordCutter } from './record-cutter.js';

export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type CsvDelimiter = (typeof DELIMITERS)[number];

const SAMPLE_RECORDS = 200;
/** Wide tables show what they are in fewer records. */
const SAMPLE_CELLS = 20_000;

/** The line `sep=;` with which a file tells spreadsheets its delimiter; some fill it up with delimiters. */
export function announcedDelimiter(text: string): string | undefined {
  const line = /^[^\r\n]{0,100}(?=[\r\n]|$)/.exec(text)?.[0] ?? '';
  return /^"?sep=(.)"?\1*[ \t]*$/i.exec(line)?.[1];
}

/**
 * The delimiter by which records become most alike, and their cells something that one would write into a cell: in
 * `1,5;2,5` a comma finds three columns, but `5;2` is no value. After van den Burg, Nazábal, Sutton: Wrangling messy CSV
 * files by detecting row and type patterns (2019).
 */
export function recogniseDelimiter(text: string, quote: string, isWholeFile: boolean): CsvDelimiter {
  let best: CsvDelimiter | undefined;
  let highest = 0;
  for (const delimiter of DELIMITERS) {
    if (!text.includes(delimiter)) continue;
    const score = rate(sample(text, delimiter, quote, isWholeFile), quote);
    if (score > highest) [best, highest] = [delimiter, score];
  }
  // A single column; its texts may have commas.
  return best ?? ([',', ';', '\t', '|'] as const).find((delimiter) => !text.includes(delimiter)) ?? ',';
}

function sample(text: string, delimiter: string, quote: string, isWholeFile: boolean): string[][] {
  const cutter = new RecordCutter({ delimiter, quote, cellLength: text.length });
  const cut = cutter.push(text, isWholeFile).text;
  const records: string[][] = [];
  let cells = 0;
  // A record that is longer than the text at hand tells its delimiter too.
  for (const record of rawRecords(cut === '' ? `${text}\n` : cut, delimiter, quote)) {
    if (isBlank(record)) continue;
    records.push(record);
    cells += record.length;
    if (records.length === SAMPLE_RECORDS || cells > SAMPLE_CELLS) break;
  }
  return records;
}

/** 0: no delimiter. */
function rate(records: readonly string[][], quote: string): number {
  const counts = new Map<number, number>();
  let cells = 0;
  let clean = 0;
  for (const record of records) {
    counts.set(record.length, (counts.get(record.length) ?? 0) + 1);
    cells += record.length;
    for (const cell of record) if (isCleanCell(cell, quote)) clean++;
  }
  if (cells === 0 || isPunctuation(records, counts.get(1) ?? 0, quote)) return 0;
  let likeness = 0;
  for (const [width, count] of counts) likeness += (count * (width - 1)) / width;
  // A cell that is odd must not outweigh that all records are alike: the file may have only such ones.
  return (likeness / counts.size) * ((clean + 1) / (cells + 1));
}

/**
 * What does not split the first record, and less than half of the others, or only where a space follows. What stands
 * beside a quoted cell is a delimiter in any case.
 */
function isPunctuation(records: readonly string[][], unsplit: number, quote: string): boolean {
  if (records[0]?.length !== 1) return false;
  const split = records.filter((cells) => cells.length > 1);
  if (split.some((cells) => cells.some((cell) => cell.startsWith(quote) && isCleanCell(cell, quote)))) return false;
  return unsplit * 2 > records.length || split.every((cells) => cells.slice(1).every((cell) => cell.startsWith(' ')));
}
