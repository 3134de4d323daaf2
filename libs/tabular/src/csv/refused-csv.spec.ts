import { describe, expect, it } from 'vitest';
import type { TableLimits } from '../limits.js';
import type { SheetRow } from '../table.js';
import { cellsOf, openCsvText, rowsOf } from '../test-support/read-csv.js';
import { refusalOf } from '../test-support/refusal.js';
import type { CsvOverrides } from './open-csv.js';

describe('refusals', () => {
  it.each<[string, string | Uint8Array, object, CsvOverrides?, Partial<TableLimits>?]>([
    ['nothing', '', { code: 'file_empty' }],
    ['a byte order mark only', '\uFEFF', { code: 'file_empty' }],
    ['blanks only', ' \r\n\r\n', { code: 'file_empty' }],
    ['bytes that are no text', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 32)), { code: 'unsupported_format', format: 'BIN' }],
    ['an object', '{"customers": [1, 2]}', { code: 'unsupported_format', format: 'JSON' }],
    ['objects', '\n[\n  {"name": "Anna"}\n]', { code: 'unsupported_format', format: 'JSON' }],
    ['cards', 'BEGIN:VCARD\r\nVERSION:3.0', { code: 'unsupported_format', format: 'VCARD' }],
    ['NULs only', Buffer.alloc(50_000), { code: 'unsupported_format', format: 'BIN' }],
    ['a quote that is never closed', 'a;b\n1;2\n3;"4\n5;6\n', { code: 'unbalanced_quotes', row: 3 }],
    ['one in the first row', '"a;b\n1;2\n', { code: 'unbalanced_quotes', row: 1 }],
    ['one that a later quote seems to close', 'a;b\n1;"x\n2;"y"\n', { code: 'unbalanced_quotes', row: 2 }],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from('ä\nö\n'), Buffer.of(0xff)]), { code: 'wrong_encoding', row: 3, encoding: 'utf-8' }],
    ['those in the first row', Buffer.from('Größe', 'latin1'), { code: 'wrong_encoding', row: 1, encoding: 'utf-8' }, { encoding: 'utf-8' }],
    ['half a character of UTF-16', Buffer.from('a\n\ud800x', 'utf16le'), { code: 'wrong_encoding', row: 2, encoding: 'utf-16le' }],
    ['an odd number of bytes of UTF-16', Buffer.from('a\0\n\0b', 'latin1'), { code: 'wrong_encoding', row: 2, encoding: 'utf-16le' }],
    ['what is no character in UTF-32', Buffer.from('a\0\0\0\n\0\0\0b\0\0\0\n\0\0\0\0\xd8\0\0', 'latin1'), { code: 'wrong_encoding', row: 3, encoding: 'utf-32le' }],
    ['an ü of DOS, which Windows does not know', Buffer.from('Name\nM\x81ller', 'latin1'), { code: 'wrong_encoding', row: 2, encoding: 'windows-1252' }],
    ['an encoding that nobody knows', 'a', { code: 'file_unreadable', format: 'CSV', reason: 'unknown encoding ebcdic' }, { encoding: 'ebcdic' }],
    ['too many columns', 'a;b\n1;2;3', { code: 'too_many_columns', row: 2, limit: 2, columns: 3 }, {}, { columns: 2 }],
    ['a long cell', 'a;b\n1;xxxx', { code: 'cell_too_long', row: 2, limit: 3 }, {}, { cellLength: 3 }],
    ['a long quoted cell', `a;b\n1;"${'x'.repeat(99)}"`, { code: 'cell_too_long', row: 2, limit: 3 }, {}, { cellLength: 3 }],
    ['too many rows', 'a\n'.repeat(103), { code: 'too_many_rows', limit: 2, rows: 103 }, {}, { rows: 2 }],
  ])('%s', async (_name, file, refusal, overrides, limits) => {
    expect(await refusalOf(rowsOf(file, overrides, limits))).toEqual(refusal);
  }); // prettier-ignore

  it('does not count empty cells behind the last one as columns', async () => {
    expect(await cellsOf('a;b\n1;2;;;;', {}, { columns: 2 })).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('knows no sheets by name', async () => {
    const table = await openCsvText('a;b\n1;2');
    expect(await refusalOf(table.read({ sheet: 'Kunden' }).next())).toEqual({
      code: 'sheet_not_found',
      sheet: 'Kunden',
      sheets: '',
    });
  });

  it('gives out the rows in front of the fault', async () => {
    const table = await openCsvText(Buffer.concat([Buffer.from('ä;b\n1;2\n3;'), Buffer.of(0xff), Buffer.from('\n')]));
    const rows: SheetRow[] = [];
    const reading = (async () => {
      for await (const batch of table.read()) rows.push(...batch.rows);
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'wrong_encoding', row: 3 });
    expect(rows).toEqual([
      { row: 1, cells: ['ä', 'b'] },
      { row: 2, cells: ['1', '2'] },
    ]);
  });
});
