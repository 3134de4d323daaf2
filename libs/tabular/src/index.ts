export * from './tabular-error.js';
export * from './table.js';
export * from './limits.js';
export type { ByteSource } from './source/byte-source.js';
export { CSV_ENCODINGS, type CsvEncoding } from './csv/encodings.js';
export { DELIMITERS, type CsvDelimiter } from './sniffing/recognise-delimiter.js';
export * from './csv/read-csv.js';
export * from './csv/write-csv.js';
export { sniffCsv, type SniffCsvOptions, type SniffedCsv } from './sniffing/sniff-csv.js';
