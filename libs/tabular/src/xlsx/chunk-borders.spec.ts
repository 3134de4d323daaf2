import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_LIMITS } from '../limits.js';
import type { SheetRow } from '../table.js';
import { tempFolder } from '../test-support/temp-folder.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { GENERAL } from './number-format.js';
import { builtInFormat } from './built-in-formats.js';
import { readSharedStrings } from './read-shared-strings.js';
import { SheetScanner } from './sheet-scanner.js';

const SHEET = `<?xml version="1.0" encoding="UTF-8"?>\r\n<worksheet xmlns="u"><dimension ref="A1"/><sheetData>
<row r="1" spans="1:9"><c r="A1" t="inlineStr"><is><t>Größe €😀</t></is></c><c r="B1" s="1"><v>45000</v></c><c r="C1" t="b"><v>1</v></c></row><row r="2"><c r="A2"><f>A1&gt;"&amp;"</f><v>-12.25</v></c><c r="C2" t="str"><v>a&#228;&amp;_x000D_<!-- < --><![CDATA[<]]></v></c></row><row><c><v>1E3</v></c></row></sheetData></worksheet>`;

const ROWS = [
  { row: 1, cells: ['Größe €😀', '2023-03-15', 'TRUE'], kinds: ['text', 'date', 'boolean'] },
  { row: 2, cells: ['-12.25', '', 'aä&\r<'], kinds: ['number', 'text', 'text'] },
  { row: 3, cells: ['1000'], kinds: ['number'] },
];

function scan(file: Buffer, cuts: readonly number[]): SheetRow[] {
  const formats = [GENERAL, builtInFormat(14)];
  const scanner = new SheetScanner({ limits: NO_LIMITS, formats, date1904: false, strings: undefined });
  let from = 0;
  for (const to of [...cuts, file.length]) {
    // A copy: what was given may be used again by then.
    const chunk = Buffer.from(file.subarray(from, to));
    scanner.push(chunk, to === file.length);
    while (scanner.scan(Number.POSITIVE_INFINITY)) continue;
    chunk.fill(0);
    from = to;
  }
  return scanner.rows;
}

describe('chunk borders', () => {
  const bytes = Buffer.from(SHEET);

  it('may be at any byte of a sheet', () => {
    for (let at = 0; at < bytes.length; at++) expect(scan(bytes, [at])).toEqual(ROWS);
  });

  it('may be at every byte', () => {
    expect(scan(bytes, Array.from(bytes.keys()))).toEqual(ROWS);
  });

  it('may be at any byte of UTF-16', () => {
    const wide = Buffer.from(`\uFEFF${SHEET.replace('UTF-8', 'UTF-16')}`, 'utf16le');
    for (let at = 0; at < wide.length; at += 13) expect(scan(wide, [at])).toEqual(ROWS);
  });

  it('do not matter: cells read fast and tag by tag are the same', () => {
    const value = fc.oneof(
      fc.double({ noDefaultInfinity: true, noNaN: true }).map(String),
      fc.integer().map(String),
      fc.constantFrom('0', '-0', '00', '1.10', '.5', '5.', '-0.5', '123456789012345', '45123.354166666664', '0012.500', '1234567890123456', '0.1234567890123456'),
    );
    const cell = fc.record({ column: fc.constantFrom('A', 'B', 'Z', 'AA', 'XFD'), style: fc.nat(2), value, type: fc.constantFrom('n', 'str', 'b', 'e') });
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 5 }), fc.nat(200), (rows, at) => {
        const made = (gap: string): Buffer =>
          Buffer.from(
            `<worksheet><sheetData>${rows.map((cells, row) => `<row r="${row + 1}">${cells.map((one) => `<c r="${one.column}${row + 1}" s="${one.style}" t="${one.type}">${gap}<v>${one.value}</v></c>`).join('')}</row>${gap}`).join('')}</sheetData></worksheet>`,
          );
        expect(scan(made(''), [at])).toEqual(scan(made(' '), []));
      }),
      { numRuns: 40 },
    );
  }); // prettier-ignore

  it('may be at any byte of shared strings', async () => {
    const sst = Buffer.from('<sst><si><t>ä</t></si><si><t xml:space="preserve"> €😀</t></si><si><r><t>x&amp;</t></r><rPh><t>n</t></rPh></si><si/></sst>');
    const entry: ArchiveEntry = { name: 'sst', size: 0, compressedSize: 0 };
    const context = { limits: NO_LIMITS, temporaryFolder: await tempFolder() };
    for (let at = 0; at <= sst.length; at++) {
      const strings = await readSharedStrings(archiveOf(sst.subarray(0, at), sst.subarray(at)), entry, context);
      expect([0, 1, 2, 3, 4].map((index) => strings.get(index))).toEqual(['ä', ' €😀', 'x&', '', undefined]);
      strings.close();
    }
  }); // prettier-ignore
});

function archiveOf(...chunks: readonly Uint8Array[]): Archive {
  return {
    entries: new Map(),
    size: 0,
    async *stream() {
      yield* await Promise.resolve(chunks);
    },
    bytes: () => Promise.reject(new Error('nobody reads it whole')),
    bytesRead: () => 0,
    close: () => Promise.resolve(),
  };
}
