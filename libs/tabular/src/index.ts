export * from './tabular-error.js';
export * from './table.js';
export type { CsvEncoding } from './csv/encodings.js';
export * from './csv/read-csv.js';
export * from './csv/write-csv.js';
export { sniffCsv, type SniffCsvOptions, type SniffedCsv } from './sniffing/sniff-csv.js';
