import { describe, expect, it } from 'vitest';
import { cellsOf, makeXlsx, openXlsxBytes, readXlsx } from '../test-support/make-xlsx.js';
import { refusalOf } from '../test-support/refusal.js';

/** What other readers are known to get wrong, so that nobody finds it here. */
describe('faults of other readers', () => {
  it('characters of several bytes on chunk borders become U+FFFD', async () => {
    const text = 'ä€😀'.repeat(100);
    const inline = `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const sheet = Array.from(
      { length: 3000 },
      (_, row) => `<row r="${row + 1}">${inline}<c t="s"><v>${row}</v></c></row>`,
    );
    const strings = Array.from({ length: 3000 }, (_, index) => `<si><t>${'x'.repeat(index % 7)}${text}</t></si>`);
    const rows = await readXlsx({ sheet: sheet.join(''), strings: strings.join('') });
    expect(rows).toHaveLength(3000);
    expect(rows.every(({ cells }, row) => cells[0] === text && cells[1] === 'x'.repeat(row % 7) + text)).toBe(true);
  });

  it('shared strings are given out as objects', async () => {
    const sheet = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>';
    expect(await cellsOf(sheet, { strings: '<si><t>eins</t></si>' })).toEqual([['eins']]);
  });

  it('errors of formulas become blank', async () => {
    const codes = ['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!'];
    const cells = codes.map((code) => `<c t="e"><f>x</f><v>${code}</v></c>`).join('');
    expect(await cellsOf(`<row r="1">${cells}</row>`)).toEqual([codes]);
  });

  it('names with the prefix x: are not understood', async () => {
    const sheet =
      '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="B1" t="str"><x:v>ja</x:v></x:c><x:c r="C1"><x:f>1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await cellsOf(sheet)).toEqual([['', 'ja', '2']]);
  });

  it('cells without r fail', async () => {
    expect(await cellsOf('<row><c><v>1</v></c><c/><c><v>3</v></c></row>')).toEqual([['1', '', '3']]);
  });

  it('only date1904="1" counts, so that dates of LibreOffice are four years early', async () => {
    const sheet = '<row r="1"><c r="A1" s="1"><v>0</v></c></row>';
    expect(await cellsOf(sheet, { formats: [14], workbookPr: 'date1904="true"' })).toEqual([['1904-01-01']]);
  });

  it('the days 1 to 59 are off by one', async () => {
    const sheet = '<row r="1"><c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>61</v></c></row>';
    expect(await cellsOf(sheet, { formats: [14] })).toEqual([['1900-01-01', '1900-02-28', '1900-03-01']]);
  });

  it('rich text, links and formulas come as objects', async () => {
    const sheet = `<worksheet xmlns:r="r"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>HYPERLINK("x")</f><v>hier</v></c></row></sheetData>
      <hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks></worksheet>`;
    const strings = '<si><r><t>fett</t></r><r><t> und nicht</t></r></si>';
    expect(await cellsOf(sheet, { strings })).toEqual([['fett und nicht', 'hier']]);
  });

  it('a small file unpacks to a cell of hundreds of megabytes', async () => {
    const cell = Buffer.alloc(40 * 1024 * 1024, 0x61);
    const sheet = Buffer.concat([Buffer.from('<worksheet><sheetData><row r="1"><c t="str"><v>'), cell]);
    const file = await makeXlsx({ sheet });
    const read = async (): Promise<void> => {
      const table = await openXlsxBytes(file, { unpackRatio: Number.MAX_SAFE_INTEGER });
      for await (const { rows } of table.read()) expect(rows).toEqual([]);
    };
    expect(await refusalOf(read())).toMatchObject({ code: 'cell_too_long', row: 1 });
  });

  it('a damaged file is never finished with', async () => {
    const file = await makeXlsx({ sheet: '<row r="1"><c><v>1</v></c></row>', strings: '<si><t>a</t></si>' });
    const outcomes = new Set<unknown>();
    for (let at = 30; at < file.length; at += 61) {
      const damaged = Buffer.from(file);
      damaged[at] = 0xff ^ (file[at] ?? 0);
      const read = async (): Promise<void> => {
        const table = await openXlsxBytes(damaged);
        for await (const { rows } of table.read()) expect(rows).toHaveLength(1);
        await table.close();
      };
      outcomes.add((await refusalOf(read()))?.['code']);
    }
    expect(outcomes).toContain('file_unreadable');
  });
});
