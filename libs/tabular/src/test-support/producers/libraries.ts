import { MAIN, officePackage, relations, RELATIONS, XML } from './office-package.js';

const WORKBOOK = `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Kunden" sheetId="1" r:id="rId1"/></sheets></workbook>`;
const FORMATS = '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy-mm-dd h:mm:ss"/></numFmts>';
const STYLES = `<styleSheet xmlns="${MAIN}">${FORMATS}<cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="9"/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`;
const HEADER = ['Nr.', 'Name', 'Betrag', 'Datum', 'Aktiv'];

interface Dialect {
  /** A cell with a text. @param reference such as `B2` */
  readonly text: (reference: string, text: string) => string;
  /** Any other. @param attributes with a blank in front */
  readonly cell?: (reference: string, attributes: string, content: string) => string;
  /** @param attributes of the row */
  readonly row?: (number: number, cells: string) => string;
}

/** The rows that all producers have: 1, 2 and 4. */
function customers({ text, cell = plainCell, row = plainRow }: Dialect): string {
  const two = [
    text('A2', '007'),
    text('B2', 'Müller &amp; Söhne'),
    cell('C2', '', '<v>1234.5</v>'),
    cell('D2', ' s="1"', '<v>46096</v>'),
    cell('E2', ' t="b"', '<v>1</v>'),
  ];
  const four = [
    text('A4', '008'),
    text('B4', ' zwei\nZeilen '),
    cell('C4', ' s="2"', '<v>0.25</v>'),
    cell('D4', ' s="3"', '<v>46096.77083333334</v>'),
    cell('E4', ' t="e"', '<v>#N/A</v>'),
  ];
  const header = HEADER.map((name, at) => text(`${'ABCDE'.charAt(at)}1`, name));
  return row(1, header.join('')) + row(2, two.join('')) + row(4, four.join(''));
}

function plainCell(reference: string, attributes: string, content: string): string {
  return `<c r="${reference}"${attributes}>${content}</c>`;
}

function plainRow(number: number, cells: string): string {
  return `<row r="${number}">${cells}</row>`;
}

function workbook(sheet: string, parts: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  return officePackage({
    'xl/workbook.xml': XML + WORKBOOK,
    'xl/styles.xml': XML + STYLES,
    'xl/worksheets/sheet1.xml': sheet,
    ...parts,
  });
}

const sheetOf = (rows: string, before = ''): string =>
  `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}">${before}<sheetData>${rows}</sheetData></worksheet>`;

/** Collects shared strings as cells are made. */
class Strings {
  private readonly texts: string[] = [];

  readonly cell = (reference: string, text: string): string =>
    `<c r="${reference}" t="s"><v>${this.texts.push(text) - 1}</v></c>`;

  items(wrap: (text: string) => string = (text) => `<si><t>${text}</t></si>`): string {
    return this.texts.map(wrap).join('');
  }
}

const preserving = (text: string): string =>
  /^\s|\s$|\n/.test(text) ? `<t xml:space="preserve">${text}</t>` : `<t>${text}</t>`;

/** openpyxl: `t="n"` on numbers, empty `v` for formulas, no XML declaration, targets from the root. */
export function openpyxl(): Promise<Buffer> {
  const strings = new Strings();
  const cell: Dialect['cell'] = (reference, attributes, content) =>
    `<c r="${reference}"${attributes}${attributes.includes(' t=') ? '' : ' t="n"'}>${content}</c>`;
  const rows = customers({ text: strings.cell, cell });
  const formula = '<row r="5"><c r="A5"><f>SUM(C2:C4)</f><v></v></c><c r="B5"><f>1</f><v/></c></row>';
  return workbook(
    `<worksheet xmlns="${MAIN}"><sheetPr><outlinePr summaryBelow="1" summaryRight="1"/><pageSetUpPr/></sheetPr><dimension ref="A1:E5"/><sheetData>${rows}${formula}</sheetData></worksheet>`,
    {
      'xl/workbook.xml': WORKBOOK.replace('<sheets>', '<workbookPr/><workbookProtection/><sheets>'),
      'xl/styles.xml': STYLES,
      'xl/sharedStrings.xml': `<sst xmlns="${MAIN}" uniqueCount="9">${strings.items((text) => `<si>${preserving(text)}</si>`)}</sst>`,
      'xl/_rels/workbook.xml.rels': relations([
        ['rId1', 'worksheet', '/xl/worksheets/sheet1.xml'],
        ['rId2', 'sharedStrings', 'sharedStrings.xml'],
        ['rId3', 'styles', 'styles.xml'],
      ]),
    },
  );
}

/** openpyxl in its write-only mode: texts within the cells. */
export function openpyxlWriteOnly(): Promise<Buffer> {
  const text: Dialect['text'] = (reference, value) =>
    `<c r="${reference}" t="inlineStr"><is>${preserving(value)}</is></c>`;
  return workbook(`<worksheet xmlns="${MAIN}"><sheetData>${customers({ text })}</sheetData></worksheet>`);
}

/** Writers that leave everything out that may be left out: rows and cells without `r`, in order, with gaps filled. */
export function withoutReferences(): Promise<Buffer> {
  const text: Dialect['text'] = (_, value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const cell: Dialect['cell'] = (_, attributes, content) => `<c${attributes}>${content}</c>`;
  const row: Dialect['row'] = (number, cells) => `${number === 4 ? '<row/>' : ''}<row>${cells}</row>`;
  return workbook(sheetOf(customers({ text, cell, row })));
}

/** exceljs, streaming: inline strings, a table of shared strings that is empty, targets from the root. */
export function exceljsStreaming(): Promise<Buffer> {
  const text: Dialect['text'] = (reference, value) =>
    `<c r="${reference}" s="0" t="inlineStr"><is>${preserving(value)}</is></c>`;
  const row: Dialect['row'] = (number, cells) => `<row r="${number}" spans="1:5">${cells}</row>`;
  const before =
    '<sheetPr/><dimension ref="A1:XFD1048576"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15" outlineLevelRow="0" outlineLevelCol="0" x14ac:dyDescent="55"/>';
  return workbook(sheetOf(customers({ text, row }), before).replace('<worksheet ', '<worksheet xmlns:x14ac="u" '), {
    'xl/_rels/workbook.xml.rels': relations([
      ['rId2', 'theme', '/xl/theme/theme1.xml'],
      ['rId3', 'styles', '/xl/styles.xml'],
      ['rId1', 'worksheet', '/xl/worksheets/sheet1.xml'],
    ]),
  });
}

/** SheetJS: texts as `str`, dates as ISO 8601, no style of its own, CRLF behind the declaration. */
export function sheetJs(): Promise<Buffer> {
  const text: Dialect['text'] = (reference, value) => `<c r="${reference}" t="str"><v>${value}</v></c>`;
  const cell: Dialect['cell'] = (reference, attributes, content) => {
    if (reference === 'D2') return `<c r="D2" t="d"><v>2026-03-15T00:00:00.000Z</v></c>`;
    if (reference === 'D4') return `<c r="D4" t="d"><v>2026-03-15T18:30:00.000Z</v></c>`;
    return `<c r="${reference}"${attributes.replace(' s="2"', '')}>${content}</c>`;
  };
  const rows = customers({ text, cell });
  return officePackage({
    'xl/workbook.xml': `${XML}${WORKBOOK}`,
    'xl/_rels/workbook.xml.rels': relations([['rId1', 'worksheet', 'worksheets/sheet1.xml']]),
    'xl/worksheets/sheet1.xml': sheetOf(rows, '<dimension ref="A1:E4"/>').replace('\n', '\r\n'),
  });
}

/** Apache POI in memory: shared strings, cells with `t="n"`, results of formulas as `str`. */
export function apachePoi(): Promise<Buffer> {
  const strings = new Strings();
  const cell: Dialect['cell'] = (reference, attributes, content) =>
    `<c r="${reference}"${attributes}${attributes.includes(' t=') ? '' : ' t="n"'}>${content}</c>`;
  const rows = customers({ text: strings.cell, cell });
  const formula = '<row r="5"><c r="A5" t="str"><f>CONCATENATE("a","b")</f><v>ab</v></c></row>';
  return workbook(sheetOf(rows + formula, '<dimension ref="A1"/>').replace(' standalone="yes"', ''), {
    'xl/sharedStrings.xml': `<?xml version="1.0" encoding="UTF-8"?>\n<sst count="9" uniqueCount="9" xmlns="${MAIN}">${strings.items((text) => `<si>${preserving(text)}</si>`)}</sst>`,
  });
}

/** Apache POI, streaming (SXSSF): inline strings, a line for each row, no shared strings, dimension of one cell. */
export function apachePoiStreaming(): Promise<Buffer> {
  const text: Dialect['text'] = (reference, value) =>
    `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${value.replaceAll('\n', '&#xa;')}</t></is></c>`;
  const row: Dialect['row'] = (number, cells) => `<row r="${number}">\n${cells}</row>\n`;
  return workbook(sheetOf(`\n${customers({ text, row })}`, '<dimension ref="A1"/>'), {
    'xl/sharedStrings.xml': `${XML}<sst count="0" uniqueCount="0" xmlns="${MAIN}"/>`,
  });
}

/** XlsxWriter with `constant_memory`: inline strings, numbers with 16 digits, no spans. */
export function xlsxWriter(): Promise<Buffer> {
  const text: Dialect['text'] = (reference, value) =>
    `<c r="${reference}" t="inlineStr"><is>${preserving(value)}</is></c>`;
  return workbook(
    sheetOf(customers({ text }), '<dimension ref="A1:E4"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>'),
    { 'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" count="0" uniqueCount="0"/>` },
  ); // prettier-ignore
}

/** The Open XML SDK, and ClosedXML on it: every name has the prefix `x`, parts lie where relationships say. */
export function openXmlSdk(): Promise<Buffer> {
  const strings = new Strings();
  const prefixed = (xml: string): string =>
    xml
      .replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:')
      .replace('xmlns=', 'xmlns:x=')
      .replace(XML, '<?xml version="1.0" encoding="utf-8"?>');
  const rows = customers({ text: strings.cell });
  return officePackage({
    '_rels/.rels': relations([['R1', 'officeDocument', '/xl/workbook.xml']]),
    'xl/workbook.xml': prefixed(XML + WORKBOOK.replace('rId1', 'Rf3a')),
    'xl/_rels/workbook.xml.rels': relations([
      ['R2', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['R4', 'styles', '/xl/styles.xml'],
      ['Rf3a', 'worksheet', '/xl/worksheets/sheet.xml'],
    ]),
    'xl/styles.xml': prefixed(XML + STYLES),
    'xl/sharedStrings.xml': prefixed(`${XML}<sst xmlns="${MAIN}">${strings.items((text) => `<si>${preserving(text)}</si>`)}</sst>`),
    'xl/worksheets/sheet.xml': prefixed(sheetOf(rows, '<dimension ref="A1:E4"/>')),
  }); // prettier-ignore
}

/** PhpSpreadsheet: spans, rich text of one run, numbers of floats in PHP, `t="n"` left out. */
export function phpSpreadsheet(): Promise<Buffer> {
  const strings = new Strings();
  const row: Dialect['row'] = (number, cells) => `<row r="${number}" spans="1:5">${cells}</row>`;
  const rows = customers({ text: strings.cell, row });
  const more =
    '<row r="5" spans="1:5"><c r="A5"><v>1.0E-5</v></c><c r="B5"><v>1.0E+25</v></c><c r="C5" t="b"><f>FALSE()</f><v>0</v></c></row>';
  return workbook(sheetOf(rows + more, '<sheetPr><outlinePr summaryBelow="1"/></sheetPr><dimension ref="A1:E5"/>'), {
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" uniqueCount="9">${strings.items((text) => (text === '007' ? `<si><r><rPr><b/></rPr><t>0</t></r><r><t>07</t></r></si>` : `<si><t xml:space="preserve">${text}</t></si>`))}</sst>`,
  }); // prettier-ignore
}
