import { expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import { suggestMapping, type ColumnSample } from './suggest-mapping.js';

const columns = (count: number, header: (i: number) => string, cell: string): ColumnSample[] =>
  Array.from({ length: count }, (_, i) => ({ header: header(i), cells: Array.from({ length: 200 }, () => cell) }));

/** A minute of one thread, which answers everybody else too, was what the second took before. */
it.each([
  ['as many columns as a file may have', columns(2_000, (i) => `${i} Kundennummer der Firma`, 'x'.repeat(30))],
  ['headers as long as cells may be', columns(200, (i) => `${i} `.padEnd(32_000, 'Kundennummer '), 'x')],
  ['long texts', columns(2_000, (i) => `Text ${i}`, 'long text '.repeat(300))],
])('suggests within seconds: %s', (_, many) => {
  // Of this thread: what others do on the machine does not count.
  const before = process.threadCpuUsage();
  expect(suggestMapping({ columns: many, schema: CUSTOMER, language: 'en', earlier: [] })).toHaveLength(many.length);
  expect(process.threadCpuUsage(before).user).toBeLessThan(20_000_000);
});
