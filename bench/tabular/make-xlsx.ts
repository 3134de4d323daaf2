import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { customer, HEADER, type BenchCell } from './customers.js';
import { inPieces, xmlText } from './xml.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const STYLE = { date: 1, dateTime: 2, percent: 3 };
const DAY_MS = 86_400_000;

/** As Excel saves it: every text in the table of shared strings, dates as numbers with a style. */
export function xlsxArchive(rows: number): ZipFile {
  const zip = new ZipFile();
  const strings = new Map<string, number>();
  const add = (name: string, xml: string): void => zip.addBuffer(Buffer.from(DECLARATION + xml), name);
  add('[Content_Types].xml', contentTypes());
  add('_rels/.rels', relationships([['officeDocument', 'xl/workbook.xml']]));
  add(
    'xl/workbook.xml',
    `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Kunden" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    relationships([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['styles', 'styles.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
  );
  add('xl/styles.xml', styles());
  // The archive takes its entries in this order, so the texts are known when it comes to them.
  zip.addReadStream(Readable.from(inPieces(sheet(rows, strings))), 'xl/worksheets/sheet1.xml');
  zip.addReadStreamLazy('xl/sharedStrings.xml', (done) => done(null, Readable.from(inPieces(sharedStrings(strings)))));
  zip.end();
  return zip;
}

function* sheet(rows: number, strings: Map<string, number>): Generator<string> {
  yield `${DECLARATION}<worksheet xmlns="${MAIN}"><dimension ref="A1:T${rows + 1}"/><sheetData>`;
  yield rowXml(
    1,
    HEADER.map((text) => ({ kind: 'text', text })),
    strings,
  );
  for (let no = 1; no <= rows; no++) yield rowXml(no + 1, customer(no), strings);
  yield '</sheetData></worksheet>';
}

function rowXml(row: number, cells: readonly BenchCell[], strings: Map<string, number>): string {
  let xml = `<row r="${row}" spans="1:${HEADER.length}">`;
  for (const [i, cell] of cells.entries())
    if (cell) xml += cellXml(`${String.fromCharCode(65 + i)}${row}`, cell, strings);
  return `${xml}</row>`;
}

function cellXml(place: string, cell: NonNullable<BenchCell>, strings: Map<string, number>): string {
  switch (cell.kind) {
    case 'text':
      return `<c r="${place}" t="s"><v>${indexOf(cell.text, strings)}</v></c>`;
    case 'number':
      return `<c r="${place}"><v>${cell.value}</v></c>`;
    case 'percent':
      return `<c r="${place}" s="${STYLE.percent}"><v>${cell.value}</v></c>`;
    case 'boolean':
      return `<c r="${place}" t="b"><v>${cell.value ? 1 : 0}</v></c>`;
    case 'date':
    case 'dateTime':
      return `<c r="${place}" s="${STYLE[cell.kind]}"><v>${(cell.day.getTime() - Date.UTC(1899, 11, 30)) / DAY_MS}</v></c>`;
  }
}

function indexOf(text: string, strings: Map<string, number>): number {
  const known = strings.get(text);
  if (known !== undefined) return known;
  strings.set(text, strings.size);
  return strings.size - 1;
}

function* sharedStrings(strings: ReadonlyMap<string, number>): Generator<string> {
  yield `${DECLARATION}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`;
  for (const text of strings.keys()) yield `<si><t>${xmlText(text)}</t></si>`;
  yield '</sst>';
}

function contentTypes(): string {
  const type = (part: string, name: string): string =>
    `<Override PartName="/xl/${part}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${name}+xml"/>`;
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${type('workbook', 'sheet.main')}${type('worksheets/sheet1', 'worksheet')}${type('styles', 'styles')}${type('sharedStrings', 'sharedStrings')}</Types>`;
}

function relationships(parts: readonly (readonly [type: string, target: string])[]): string {
  const all = parts.map(
    ([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

/** Built-in formats: general, date, date with time, percent. */
function styles(): string {
  const formats = [0, 14, 22, 9].map((id) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"/>`);
  return `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">${formats.join('')}</cellXfs></styleSheet>`;
}
