import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { customer, HEADER, type BenchCell } from './customers.js';
import { inPieces, xmlText } from './xml.js';

const MIME = 'application/vnd.oasis.opendocument.spreadsheet';
const NAMESPACES = ['office', 'table', 'text'].map(
  (name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`,
);
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** As LibreOffice saves it: every value as an attribute and as the text that is shown. */
export function odsArchive(rows: number): ZipFile {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(MIME), 'mimetype', { compress: false });
  zip.addBuffer(Buffer.from(manifest()), 'META-INF/manifest.xml');
  zip.addBuffer(Buffer.from(meta()), 'meta.xml');
  zip.addReadStream(Readable.from(inPieces(content(rows))), 'content.xml');
  zip.end();
  return zip;
}

function* content(rows: number): Generator<string> {
  yield `${DECLARATION}<office:document-content ${NAMESPACES.join(' ')} office:version="1.3"><office:body><office:spreadsheet><table:table table:name="Kunden"><table:table-column table:number-columns-repeated="${HEADER.length}"/>`;
  yield rowXml(HEADER.map((text) => ({ kind: 'text', text })));
  for (let no = 1; no <= rows; no++) yield rowXml(customer(no));
  yield '<table:table-row table:number-rows-repeated="1000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>';
}

function rowXml(cells: readonly BenchCell[]): string {
  return `<table:table-row>${cells.map(cellXml).join('')}</table:table-row>`;
}

function cellXml(cell: BenchCell): string {
  switch (cell?.kind) {
    case undefined:
      return '<table:table-cell/>';
    case 'text':
      return typed('string', '', cell.text);
    case 'number':
      return typed('float', ` office:value="${cell.value}"`, String(cell.value).replace('.', ','));
    case 'percent':
      return typed('percentage', ` office:value="${cell.value}"`, `${Math.round(cell.value * 100)} %`);
    case 'boolean':
      return typed('boolean', ` office:boolean-value="${cell.value}"`, cell.value ? 'WAHR' : 'FALSCH');
    case 'date':
      return typed(
        'date',
        ` office:date-value="${cell.day.toISOString().slice(0, 10)}"`,
        cell.day.toISOString().slice(0, 10),
      );
    case 'dateTime':
      return typed(
        'date',
        ` office:date-value="${cell.day.toISOString().slice(0, 19)}"`,
        cell.day.toISOString().slice(0, 16),
      );
  }
}

function typed(type: string, value: string, shown: string): string {
  return `<table:table-cell office:value-type="${type}"${value}><text:p>${xmlText(shown)}</text:p></table:table-cell>`;
}

function manifest(): string {
  const entry = (path: string, type: string): string =>
    `<manifest:file-entry manifest:full-path="${path}" manifest:media-type="${type}"/>`;
  return `${DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">${entry('/', MIME)}${entry('content.xml', 'text/xml')}${entry('meta.xml', 'text/xml')}</manifest:manifest>`;
}

/** Who wrote the file and how many sheets it has: it stands in every file of LibreOffice. */
function meta(): string {
  const spaces = ['office', 'meta'].map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name}:1.0"`);
  const generator = 'LibreOffice/25.2.3.2$Linux_X86_64 LibreOffice_project/520$Build-2';
  return `${DECLARATION}<office:document-meta ${spaces.join(' ')} office:version="1.3"><office:meta><meta:generator>${generator}</meta:generator><meta:document-statistic meta:table-count="1"/></office:meta></office:document-meta>`;
}
