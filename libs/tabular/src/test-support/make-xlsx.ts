import { tmpdir } from 'node:os';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import type { ReadOptions, SheetRow, Table } from '../table.js';
import { openXlsx } from '../xlsx/open-xlsx.js';
import { openArchive } from '../zip/open-archive.js';
import { makeZip } from './make-zip.js';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface XlsxParts {
  /** What stands in `sheetData`, or a whole part. */
  readonly sheet?: string | Buffer;
  /** The `si` elements, or a whole part. Without: there is no such part. */
  readonly strings?: string | Buffer;
  /** `formatCode`s; the styles 1, 2, ... of cells have them. Ids of built-in formats are given as numbers. */
  readonly formats?: readonly (string | number)[];
  /** Attributes of `workbookPr`. */
  readonly workbookPr?: string;
  /** Parts that are added or put in the place of others, by name; undefined: the part is missing. */
  readonly parts?: Readonly<Record<string, string | Buffer | undefined>>;
}

/** The parts of a small workbook with one sheet "Sheet1". */
export function xlsxParts(options: XlsxParts = {}): Record<string, string | Buffer> {
  const { sheet = '', strings, formats = [], workbookPr = '' } = options;
  const all: Record<string, string | Buffer | undefined> = {
    '[Content_Types].xml': `${DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': workbook(`<sheet name="Sheet1" sheetId="1" r:id="rId1"/>`, workbookPr),
    'xl/_rels/workbook.xml.rels': relationships(
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'styles', 'styles.xml'],
      ['rId3', 'sharedStrings', 'sharedStrings.xml'],
    ),
    'xl/styles.xml': styles(formats),
    'xl/sharedStrings.xml': strings === undefined ? undefined : whole(strings, 'sst', (inner) => inner),
    'xl/worksheets/sheet1.xml': whole(sheet, 'worksheet', (inner) => `<sheetData>${inner}</sheetData>`),
    ...options.parts,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([name, part]) => (part === undefined ? [] : [[name, part]])));
}

export function workbook(sheets: string, workbookPr = ''): string {
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr ${workbookPr}/><sheets>${sheets}</sheets></workbook>`;
}

export function relationships(...all: readonly (readonly [id: string, type: string, target: string])[]): string {
  const elements = all.map(
    ([id, type, target]) =>
      `<Relationship Id="${id}" Type="${type.includes('/') ? type : `${RELATIONS}/${type}`}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}">${elements.join('')}</Relationships>`;
}

export function makeXlsx(options: XlsxParts = {}): Promise<Buffer> {
  return makeZip(xlsxParts(options));
}

export async function openXlsxBytes(
  file: Buffer,
  limits: Partial<TableLimits> = {},
  temporaryFolder = tmpdir(),
): Promise<Table> {
  const all = { ...DEFAULT_LIMITS, ...limits };
  return openXlsx(await openArchive(bytesSource(file), all, 'XLSX'), { limits: all, temporaryFolder });
}

/** All rows of a sheet of a workbook. */
export async function readXlsx(
  options: XlsxParts,
  limits: Partial<TableLimits> = {},
  read: ReadOptions = {},
): Promise<SheetRow[]> {
  const table = await openXlsxBytes(await makeXlsx(options), limits);
  const rows: SheetRow[] = [];
  try {
    for await (const batch of table.read(read)) rows.push(...batch.rows);
  } finally {
    await table.close();
  }
  return rows;
}

/** The cells of the rows that are written in `sheetData`. */
export async function cellsOf(sheet: string, options: XlsxParts = {}): Promise<string[][]> {
  const rows = await readXlsx({ ...options, sheet });
  return rows.map(({ cells }) => cells);
}

/** What is a whole part already stays as it is. */
function whole(content: string | Buffer, root: string, wrap: (inner: string) => string): string | Buffer {
  if (typeof content !== 'string' || /^\uFEFF?<(?:\?xml|!DOCTYPE|\w+:|worksheet)/.test(content)) return content;
  return `${DECLARATION}<${root} xmlns="${MAIN}">${wrap(content)}</${root}>`;
}

function styles(formats: readonly (string | number)[]): string {
  const custom = formats.map((format, index) =>
    typeof format === 'string' ? `<numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>` : '',
  );
  const cells = formats.map((format, index) => `<xf numFmtId="${typeof format === 'string' ? 200 + index : format}"/>`);
  return `${DECLARATION}<styleSheet xmlns="${MAIN}"><numFmts>${custom.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${cells.join('')}</cellXfs><dxfs><dxf><numFmt numFmtId="200" formatCode="0%"/></dxf></dxfs></styleSheet>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
