import { describe, expect, it } from 'vitest';
import { cellsOf, readXlsx } from '../test-support/make-xlsx.js';
import { refusalOf } from '../test-support/refusal.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

describe('where cells stand', () => {
  it.each([
    ['cells without r', '<row r="1"><c><v>1</v></c><c><v>2</v></c></row>', [['1', '2']]],
    ['rows without r', '<row><c r="A1"><v>1</v></c></row><row><c r="A2"><v>2</v></c></row>', [['1'], ['2']]],
    ['cells without r behind others', '<row r="1"><c r="C1"><v>1</v></c><c><v>2</v></c></row>', [['', '', '1', '2']]],
    ['empty cells without r', '<row r="1"><c/><c><v>2</v></c></row>', [['', '2']]],
    ['cells out of order', '<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>', [['1', '', '3']]],
    ['a cell twice', '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', [['2']]],
    ['small letters', '<row r="1"><c r="b1"><v>1</v></c></row>', [['', '1']]],
    ['a row twice', '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>', [['1', '2']]],
    ['a spans that lies', '<row r="1" spans="1:1"><c r="A1"><v>1</v></c><c r="D1"><v>4</v></c></row>', [['1', '', '', '4']]],
    ['hidden rows', '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>', [['1']]],
    ['another order of attributes', `<row r="1"><c t='n' s='0' r='B1'><v>1</v></c></row>`, [['', '1']]],
    ['rows one behind the other', '<row r="1" spans="1:1"><c r="A1"><v>1</v></c></row><row r="2" ht="15" x:a=">"><c r="A2"><v>2</v></c></row>', [['1'], ['2']]],
    ['a row that closes itself between others', '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"/><row r="3" s="1"/><row r="4"><c r="A4"><v>4</v></c></row>', [['1'], ['4']]],
    ['a row without r behind another', '<row r="1"><c r="A1"><v>1</v></c></row><row><c r="B2"><v>2</v></c></row>', [['1'], ['', '2']]],
    ['white space between all', '\n<row r="1">\n <c r="A1">\n <v>1</v>\n </c>\n</row>\n', [['1']]],
    ['the last column', '<row r="1"><c r="XFD1" s="1"/><c r="XFD1"/></row>', []],
  ])('%s', async (_name, sheet, expected) => {
    expect(await cellsOf(sheet)).toEqual(expected);
  }); // prettier-ignore

  it('numbers rows as the sheet does', async () => {
    const sheet = `<row r="3"><c r="A3"><v>1</v></c></row><row><c><v>2</v></c></row><row r="9"/><row><c r="A12"><v>3</v></c></row>
      <row r="1048576"><c r="A1048576"><v>4</v></c></row>`;
    expect((await readXlsx({ sheet })).map(({ row }) => row)).toEqual([3, 4, 12, 1_048_576]);
  });

  it.each([
    ['a row above the one before', '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'],
    ['row 0', '<row r="0"><c><v>1</v></c></row>'],
    ['a row behind the last', '<row r="1048577"><c><v>1</v></c></row>'],
    ['a row without number behind the last', '<row r="1048576"/><row><c><v>1</v></c></row>'],
    ['a row that is no number', '<row r="x"><c><v>1</v></c></row>'],
    ['a column behind the last', '<row r="1"><c r="XFE1"><v>1</v></c></row>'],
    ['a cell that is nowhere', '<row r="1"><c r="1"><v>1</v></c></row>'],
  ])('refuses %s', async (_name, sheet) => {
    expect(await refusalOf(readXlsx({ sheet }))).toMatchObject({ code: 'file_unreadable' });
  });

  it('does not look at what else a sheet holds', async () => {
    const sheet = `<worksheet xmlns="${MAIN}"><dimension ref="A1:XFD1048576"/><sheetPr><c r="A1"><v>8</v></c></sheetPr>
      <cols><col min="1" max="16384" style="1"/></cols>
      <sheetData><row r="1"><c r="A1"><v>1</v><extLst><ext uri="x"/></extLst></c></row></sheetData>
      <mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>
      <extLst><ext><sheetData><row r="2"><c r="A2"><v>2</v></c></row></sheetData></ext></extLst></worksheet>`;
    expect(await cellsOf(sheet)).toEqual([['1']]);
  });

  it('costs nothing for cells that only have a style', async () => {
    const empties = Array.from(
      { length: 2000 },
      (_, index) => `<row r="${index + 2}"><c r="XFD${index + 2}" s="1"/></row>`,
    );
    const sheet = `<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row>${empties.join('')}<row r="1048576" s="1"/>`;
    expect(await readXlsx({ sheet })).toEqual([{ row: 1, cells: ['1'], kinds: ['number'] }]);
  });

  it('keeps values under merged cells that a file holds: it learns of the range behind the rows', async () => {
    const sheet = `<worksheet xmlns="${MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>
      <mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>`;
    expect(await cellsOf(sheet)).toEqual([['1', '2']]);
  });
});
