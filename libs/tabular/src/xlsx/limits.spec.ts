import { describe, expect, it } from 'vitest';
import type { TableLimits } from '../limits.js';
import { readXlsx, type XlsxParts } from '../test-support/make-xlsx.js';
import { refusalOf } from '../test-support/refusal.js';

function text(length: number): string {
  return `<row r="1"><c t="str"><v>${'ä'.repeat(length)}</v></c></row>`;
}

describe('limits of a workbook', () => {
  it.each<[name: string, options: XlsxParts, limits: Partial<TableLimits>]>([
    ['as many columns', { sheet: '<row r="1"><c r="C1"><v>1</v></c><c r="XFD1" s="1"/></row>' }, { columns: 3 }],
    ['as many characters', { sheet: text(10) }, { cellLength: 10 }],
    ['as many shared strings', { strings: '<si><t>a</t></si><si><t>b</t></si>' }, { sharedStrings: 2 }],
  ])('%s', async (_name, options, limits) => {
    expect(await refusalOf(readXlsx(options, limits))).toBeUndefined();
  });

  it.each<[code: string, options: XlsxParts, limits: Partial<TableLimits>, params: object]>([
    ['too_many_columns', { sheet: '<row r="7"><c r="D7"><v>1</v></c></row>' }, { columns: 3 }, { limit: 3, row: 7, columns: 4 }],
    ['cell_too_long', { sheet: text(11) }, { cellLength: 10 }, { limit: 10, row: 1 }],
    ['cell_too_long', { sheet: text(1_000_000) }, { cellLength: 10 }, { limit: 10, row: 1 }],
    ['cell_too_long', { sheet: `<row r="1"><c t="inlineStr"><is>${'<r><t>abc</t></r>'.repeat(4)}</is></c></row>` }, { cellLength: 10 }, { limit: 10, row: 1 }],
    ['cell_too_long', { strings: `<si><t>${'x'.repeat(11)}</t></si>` }, { cellLength: 10 }, { limit: 10 }],
    ['cell_too_long', { strings: `<si><t>${'x'.repeat(1_000_000)}</t></si>` }, { cellLength: 10 }, { limit: 10 }],
    ['cell_too_long', { strings: `<si>${'<r><t>abc</t></r>'.repeat(4)}</si>` }, { cellLength: 10 }, { limit: 10 }],
    ['too_many_shared_strings', { strings: '<si><t>a</t></si>'.repeat(3) }, { sharedStrings: 2 }, { limit: 2 }],
    ['too_many_shared_strings', { strings: '<si/>'.repeat(3) }, { sharedStrings: 2 }, { limit: 2 }],
  ])('%s', async (code, options, limits, params) => {
    expect(await refusalOf(readXlsx(options, limits))).toMatchObject({ code, ...params });
  }); // prettier-ignore

  it('counts a long text of many bytes by its characters', async () => {
    const strings = `<si><t>${'€'.repeat(32_767)}</t></si>`;
    const [row] = await readXlsx({ sheet: '<row r="1"><c t="s"><v>0</v></c></row>', strings });
    expect(row?.cells[0]).toBe('€'.repeat(32_767));
  });
});
