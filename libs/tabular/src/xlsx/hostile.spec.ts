import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  makeXlsx,
  openXlsxBytes,
  readXlsx,
  relationships,
  workbook,
  xlsxParts,
  type XlsxParts,
} from '../test-support/make-xlsx.js';
import { refusalOf } from '../test-support/refusal.js';
import { countEffort } from '../test-support/effort.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const entity = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>';
const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha">${'abcdefgh'.split('').map((name) => `<!ENTITY ${name}1 "${`&${name};`.repeat(10)}">`).join('')}]>`; // prettier-ignore
const cell = '<row r="1"><c t="s"><v>0</v></c></row>';

function sheetPart(inner: string): string {
  return `<?xml version="1.0"?><worksheet xmlns="${MAIN}"><sheetData>${inner}</sheetData></worksheet>`;
}

describe('hostile workbooks', () => {
  it.each<[name: string, options: XlsxParts, code: string]>([
    ['a DOCTYPE in the sheet', { sheet: `<?xml version="1.0"?>${entity}<worksheet/>` }, 'doctype_forbidden'],
    ['a DOCTYPE in small letters', { sheet: '<?xml version="1.0"?><!doctype a><worksheet/>' }, 'doctype_forbidden'],
    ['a DOCTYPE in the strings', { sheet: cell, strings: `<?xml version="1.0"?>${laughs}<sst><si><t>&a1;</t></si></sst>` }, 'doctype_forbidden'],
    ['a DOCTYPE in the workbook', { parts: { 'xl/workbook.xml': `${entity}<workbook/>` } }, 'doctype_forbidden'],
    ['a DOCTYPE in the styles', { parts: { 'xl/styles.xml': `${entity}<styleSheet/>` } }, 'doctype_forbidden'],
    ['a DOCTYPE in the relationships', { parts: { '_rels/.rels': `${entity}<Relationships/>` } }, 'doctype_forbidden'],
    ['a DOCTYPE in UTF-16', { sheet: Buffer.from(`\uFEFF${entity}<worksheet/>`, 'utf16le') }, 'doctype_forbidden'],
    ['an entity of its own', { sheet: '<row r="1"><c t="str"><v>&b;</v></c></row>' }, 'file_unreadable'],
    ['a reference to no character', { sheet: '<row r="1"><c t="str"><v>&#xFFFFFFF;</v></c></row>' }, 'file_unreadable'],
    ['a reference to half a character', { sheet: '<row r="1"><c t="str"><v>&#xD800;</v></c></row>' }, 'file_unreadable'],
    ['a sheet that is cut off', { sheet: `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c><v>1</v></c></row>` }, 'file_unreadable'],
    ['a sheet that is cut off in a tag', { sheet: `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1` }, 'file_unreadable'],
    ['a sheet that is cut off behind the rows', { sheet: `<?xml version="1.0"?><worksheet><sheetData></sheetData><a>` }, 'file_unreadable'],
    ['strings that are cut off', { sheet: cell, strings: '<?xml version="1.0"?><sst><si><t>a</t></si><si>' }, 'file_unreadable'],
    ['tags that cross', { sheet: '<row r="1"><c><v>1</c></v></row>' }, 'file_unreadable'],
    ['deep nesting', { sheet: '<a>'.repeat(100_000) }, 'file_unreadable'],
    ['deep nesting in a string', { sheet: cell, strings: `<si>${'<r>'.repeat(100_000)}` }, 'file_unreadable'],
    ['a sheet of zeros', { sheet: Buffer.alloc(100_000) }, 'file_unreadable'],
    ['an empty sheet', { sheet: Buffer.alloc(0) }, 'file_unreadable'],
    ['a sheet that is no XML', { sheet: Buffer.from('PK\u0003\u0004 something else') }, 'file_unreadable'],
    ['invalid UTF-8 in a sheet', { sheet: bad(sheetPart('<row r="1"><c t="str"><v>~</v></c></row>')) }, 'wrong_encoding'],
    ['invalid UTF-8 in the strings', { sheet: cell, strings: bad('<?xml version="1.0"?><sst><si><t>ab~cd</t></si></sst>') }, 'wrong_encoding'],
    ['invalid UTF-8 in what nobody reads', { sheet: bad(sheetPart('<row r="1" x="~"/>')) }, 'wrong_encoding'],
    ['an encoding that there is not', { sheet: '<?xml version="1.0" encoding="klingon"?><worksheet/>' }, 'file_unreadable'],
    ['an attribute that never ends', { sheet: `<?xml version="1.0"?><worksheet a="${'x'.repeat(5_000_000)}` }, 'file_unreadable'],
    ['a comment that never ends', { sheet: `<?xml version="1.0"?><worksheet><!--${'-'.repeat(5_000_000)}` }, 'file_unreadable'],
    ['a text that never ends', { sheet: `<?xml version="1.0"?><worksheet><sheetData><row r="1"><c t="str"><v>${'x'.repeat(5_000_000)}` }, 'cell_too_long'],
    ['a million references', { sheet: `<row r="1"><c t="str"><v>${'&#65;'.repeat(1_000_000)}</v></c></row>` }, 'cell_too_long'],
    ['a million runs', { sheet: cell, strings: `<si>${'<r><t>a</t></r>'.repeat(100_000)}</si>` }, 'cell_too_long'],
    ['a million relationships', { parts: { 'xl/_rels/workbook.xml.rels': relationships(...Array.from({ length: 100_001 }, (_, index) => [`r${index}`, 't', 'x'] as const)) } }, 'file_unreadable'],
    ['a million sheets', { parts: { 'xl/workbook.xml': workbook('<sheet name="a" r:id="rId1"/>'.repeat(20_001)) } }, 'file_unreadable'],
    ['a million number formats', { parts: { 'xl/styles.xml': `<styleSheet><numFmts>${Array.from({ length: 100_001 }, (_, id) => `<numFmt numFmtId="${id}" formatCode="0"/>`).join('')}</numFmts></styleSheet>` } }, 'file_unreadable'],
  ])('%s', async (_name, options, code) => {
    const effort = countEffort();
    expect(await refusalOf(readXlsx(options))).toMatchObject({ code });
    expect(effort()).toBeLessThan(10_000);
  }); // prettier-ignore

  it.each<[name: string, options: XlsxParts, cells: string[]]>([
    ['names of the language itself', { sheet: '<row r="1"><c t="str"><v>__proto__</v></c><c t="str"><v>constructor</v></c></row>' }, ['__proto__', 'constructor']],
    ['counts that lie', { sheet: cell, strings: `<?xml version="1.0"?><sst count="4294967295" uniqueCount="4294967295"><si><t>a</t></si></sst>` }, ['a']],
    ['a dimension that lies', { sheet: `<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c><v>1</v></c></row></sheetData></worksheet>` }, ['1']],
    ['attributes without end', { sheet: `<row r="1" ${Array.from({ length: 20_000 }, (_, index) => `a${index}="x"`).join(' ')}><c><v>1</v></c></row>` }, ['1']],
    ['a style beyond all', { sheet: '<row r="1"><c r="A1" s="4294967296"><v>1</v></c></row>' }, ['1']],
    ['a style that is none', { sheet: '<row r="1"><c r="A1" s="x"><v>1</v></c></row>' }, ['1']],
  ])('is not impressed by %s', async (_name, options, cells) => {
    const [row] = await readXlsx(options);
    expect(row?.cells).toEqual(cells);
  }); // prettier-ignore

  it('ends with rows or a refusal, whatever is changed in a part', async () => {
    const strings = '<si><t>a</t></si><si><r><t>b</t></r></si>';
    const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><f>A1</f><v>45000.5</v></c></row>';
    const parts = xlsxParts({ sheet, strings, formats: ['dd.mm.yyyy;@'] });
    const names = Object.keys(parts);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.boolean(), async (name, changes, isCut) => {
        const bytes = Buffer.from(parts[name] ?? '');
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const part = isCut ? bytes.subarray(0, (changes[0]?.[0] ?? 0) % bytes.length) : bytes;
        const { refusal, cells } = await outcomeOf({ parts: { ...parts, [name]: part } });
        expect(refusal ?? 'rows').toMatch(/^[a-z0-9_]+$/);
        expect(cells.join('').isWellFormed()).toBe(true);
      }),
      { numRuns: 100 },
    );
  }); // prettier-ignore
});

/** Errors that are no refusals are thrown on. */
async function outcomeOf(options: XlsxParts): Promise<{ refusal?: string; cells: string[] }> {
  const cells: string[] = [];
  const read = async (): Promise<void> => {
    const table = await openXlsxBytes(await makeXlsx(options));
    for await (const { rows } of table.read()) for (const row of rows) cells.push(...row.cells);
    await table.close();
  };
  const refusal = await refusalOf(read());
  return { cells, ...(refusal && { refusal: String(refusal['code']) }) };
}

/** Puts a byte that is no UTF-8 where `~` stands. */
function bad(text: string): Buffer {
  const bytes = Buffer.from(text);
  bytes[bytes.indexOf('~')] = 0xff;
  return bytes;
}
