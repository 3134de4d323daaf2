import { describe, expect, it } from 'vitest';
import { cellsOf, readXlsx } from '../test-support/make-xlsx.js';
import { refusalOf } from '../test-support/refusal.js';

const strings = '<si><t>null</t></si><si><t>eins</t></si>';

describe('cells by type', () => {
  it.each([
    ['a number', '<c><v>12.5</v></c>', '12.5', 'number'],
    ['a number as Excel stores it', '<c><v>1.0000000000000001E-3</v></c>', '0.001', 'number'],
    ['a number of 17 digits', '<c><v>0.30000000000000004</v></c>', '0.30000000000000004', 'number'],
    ['more digits than a double has', '<c><v>0.1000000000000000055511151231257827</v></c>', '0.1', 'number'],
    ['an article number', '<c><v>4006381333931</v></c>', '4006381333931', 'number'],
    ['16 digits', '<c><v>1234567890123456</v></c>', '1234567890123456', 'number'],
    ['an exponent below 1e21', '<c><v>1E+20</v></c>', '100000000000000000000', 'number'],
    ['a tiny number', '<c><v>1.5E-10</v></c>', '0.00000000015', 'number'],
    ['superfluous zeros', '<c><v>0012.500</v></c>', '12.5', 'number'],
    ['minus zero', '<c><v>-0</v></c>', '0', 'number'],
    ['a negative number', '<c><v>-0.5</v></c>', '-0.5', 'number'],
    ['a number with white space', '<c><v> 7\n</v></c>', '7', 'number'],
    ['t="n"', '<c t="n"><v>3</v></c>', '3', 'number'],
    ['words where a number should be', '<c><v>abc</v></c>', 'abc', 'text'],
    ['NaN', '<c><v>NaN</v></c>', 'NaN', 'text'],
    ['a shared string', '<c t="s"><v>1</v></c>', 'eins', 'text'],
    ['a shared string with white space', '<c t="s"><v> 1 </v></c>', 'eins', 'text'],
    ['TRUE', '<c t="b"><v>1</v></c>', 'TRUE', 'boolean'],
    ['FALSE', '<c t="b"><v>0</v></c>', 'FALSE', 'boolean'],
    ['neither true nor false', '<c t="b"><v>maybe</v></c>', 'maybe', 'text'],
    ['true in words', '<c t="b"><v>true</v></c>', 'TRUE', 'boolean'],
    ['an error', '<c t="e"><v>#N/A</v></c>', '#N/A', 'error'],
    ['an error of a formula', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!', 'error'],
    ['the text of a formula', '<c t="str"><f>A1&amp;"x"</f><v>a&lt;b_x000D_</v></c>', 'a<b\r', 'text'],
    ['the number of a formula', '<c><f t="shared" ref="A1:B2" si="0">SUM(A1)</f><v>7</v></c>', '7', 'number'],
    ['a formula that shares another', '<c><f t="shared" si="0"/><v>8</v></c>', '8', 'number'],
    ['an inline string', '<c t="inlineStr"><is><t>Größe</t></is></c>', 'Größe', 'text'],
    ['a rich inline string', '<c t="inlineStr"><is><r><t>a</t></r><r><rPr><b/></rPr><t> b</t></r></is></c>', 'a b', 'text'],
    ['an inline string in v', '<c t="inlineStr"><v>x</v></c>', 'x', 'text'],
    ['an inline string without type', '<c><is><t>x</t></is></c>', 'x', 'text'],
    ['white space', '<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', ' a ', 'text'],
    ['CDATA', '<c t="str"><v><![CDATA[<&amp;>]]></v></c>', '<&amp;>', 'text'],
    ['a comment in the middle', '<c><v>1<!-- 9 -->2</v></c>', '12', 'number'],
    ['an unknown type', '<c t="zzz"><v>5</v></c>', '5', 'text'],
    ['an emoji', '<c t="str"><v>😀&#x1F600;</v></c>', '😀😀', 'text'],
  ])('%s', async (_name, cell, text, kind) => {
    const [row] = await readXlsx({ sheet: `<row r="1">${cell}</row>`, strings });
    expect(row?.cells).toEqual([text]);
    expect(row?.kinds?.[0] ?? 'text').toBe(kind);
  }); // prettier-ignore

  it.each([
    ['no value', '<c s="1"/>'],
    ['an empty value', '<c><v></v></c>'],
    ['a value that closes itself', '<c t="s"><v/></c>'],
    ['a formula that was never computed', '<c><f>A1</f></c>'],
    ['an empty result of a formula', '<c t="str"><f>""</f><v></v></c>'],
    ['an empty inline string', '<c t="inlineStr"><is/></c>'],
    ['an empty text', '<c t="inlineStr"><is><t/></is></c>'],
  ])('%s is empty, and a row of it is none', async (_name, cell) => {
    expect(await readXlsx({ sheet: `<row r="1">${cell}</row><row r="2"><c><v>1</v></c></row>` })).toEqual([
      { row: 2, cells: ['1'], kinds: ['number'] },
    ]);
  });

  it('leaves kinds out where all is text', async () => {
    const sheet = '<row r="1"><c t="s"><v>0</v></c><c r="C1" t="str"><v>x</v></c></row>';
    expect(await readXlsx({ sheet, strings })).toEqual([{ row: 1, cells: ['null', '', 'x'] }]);
  });

  it.each([
    ['beyond the last', '<c t="s"><v>2</v></c>', strings],
    ['far beyond', '<c t="s"><v>99999999999</v></c>', strings],
    ['negative', '<c t="s"><v>-1</v></c>', strings],
    ['in words', '<c t="s"><v>one</v></c>', strings],
    ['without a table of them', '<c t="s"><v>0</v></c>', undefined],
  ])('a shared string %s is refused: its text would be lost', async (_name, cell, table) => {
    const options = { sheet: `<row r="1">${cell}</row>`, ...(table !== undefined && { strings: table }) };
    expect(await refusalOf(readXlsx(options))).toMatchObject({ code: 'file_unreadable', format: 'XLSX' });
  });
});

describe('dates', () => {
  const formats = ['dd.mm.yyyy', 'hh:mm', 'dd.mm.yyyy hh:mm', '[h]:mm', '0%', 14, 46, 'dd.mm.yyyy;0.0;"-"'];

  it.each([
    ['a date', 1, '45000', '2023-03-15', 'date'],
    ['a date with a time that is not shown', 1, '45000.75', '2023-03-15', 'date'],
    ['a time', 2, '0.5', '12:00:00', 'time'],
    ['the time of a day', 2, '45000.5', '12:00:00', 'time'],
    ['a day and time', 3, '45000.999999999', '2023-03-16T00:00:00', 'dateTime'],
    ['a duration', 4, '1.5', '36:00:00', 'time'],
    ['a negative duration', 4, '-0.25', '-06:00:00', 'time'],
    ['a percentage', 5, '0.25', '0.25', 'percent'],
    ['a built-in date', 6, '60', '1900-02-29', 'date'],
    ['a built-in duration', 7, '2', '48:00:00', 'time'],
    ['a negative date is the number', 1, '-5', '-5', 'number'],
    ['a date behind the last is the number', 1, '3000000', '3000000', 'number'],
    ['a section for negative numbers', 8, '-2.5', '-2.5', 'number'],
    ['a style that there is not', 99, '45000', '45000', 'number'],
    ['the style of a differential format', 0, '45000', '45000', 'number'],
  ])('%s', async (_name, style, value, text, kind) => {
    const [row] = await readXlsx({ sheet: `<row r="1"><c r="A1" s="${style}"><v>${value}</v></c></row>`, formats });
    expect([row?.cells[0], row?.kinds?.[0]]).toEqual([text, kind]);
  });

  it.each(['date1904="1"', 'date1904="true"', 'date1904="on"', "date1904='TRUE'"])(
    'count from 1904 with %s',
    async (workbookPr) => {
      const sheet = '<row r="1"><c r="A1" s="1"><v>43538</v></c></row>';
      expect(await cellsOf(sheet, { formats, workbookPr })).toEqual([['2023-03-15']]);
    },
  );

  it('count from 1900 with date1904="0"', async () => {
    const sheet = '<row r="1"><c r="A1" s="1"><v>45000</v></c></row>';
    expect(await cellsOf(sheet, { formats, workbookPr: 'date1904="0"' })).toEqual([['2023-03-15']]);
  });

  it.each([
    ['2023-03-15', 0, '2023-03-15', 'date'],
    ['2023-03-15T10:20:30', 0, '2023-03-15T10:20:30', 'dateTime'],
    ['2023-03-15T10:20:30.6Z', 0, '2023-03-15T10:20:31', 'dateTime'],
    ['2023-03-15T23:59:59.999', 3, '2023-03-16T00:00:00', 'dateTime'],
    ['2023-03-15T00:00:00.000', 1, '2023-03-15', 'date'],
    ['10:20', 0, '10:20:00', 'time'],
    ['1899-12-31T10:20:00', 2, '10:20:00', 'time'],
    ['2023-02-31', 0, '2023-02-31', 'text'],
    ['gestern', 0, 'gestern', 'text'],
  ])('of strict workbooks: %s in format %d', async (value, style, text, kind) => {
    const [row] = await readXlsx({ sheet: `<row r="1"><c t="d" s="${style}"><v>${value}</v></c></row>`, formats });
    expect([row?.cells[0], row?.kinds?.[0] ?? 'text']).toEqual([text, kind]);
  });
});
