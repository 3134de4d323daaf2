import { PassThrough } from 'node:stream';
import { ZipFile } from 'yazl';
import { formatOfKind } from '../cell-formats.js';
import { columnName } from '../column-name.js';
import type { OutputColumn, OutputRow } from '../output-cell.js';
import { SHEET_ROWS } from '../row-order.js';
import { validSheetName } from '../sheet-name.js';
import type { FormatWriter, FurtherSheet, TableWriterOptions } from '../table-writer.js';
import type { WatchedOutput } from '../watched-output.js';
import { HEADER_STYLE, automaticStyles, columnStyleName, styleName } from './cell-styles.js';
import { ListValidations } from './list-validations.js';
import { MIME_TYPE, packageParts } from './package-parts.js';
import { SheetRows } from './sheet-rows.js';
import { attributeXml } from './xml-text.js';

/** Characters of rows that are collected before they are written. */
const CHUNK = 1 << 16;

const NAMESPACES = Object.entries({
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  table: 'urn:oasis:names:tc:opendocument:xmlns:table:1.0',
  number: 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0',
  fo: 'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0',
  of: 'urn:oasis:names:tc:opendocument:xmlns:of:1.2',
  calcext: 'urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0',
})
  .map(([prefix, name]) => ` xmlns:${prefix}="${name}"`)
  .join('');

/** A package of OpenDocument 1.3: the small parts first, then the content as the rows come. */
export class OdsTableWriter implements FormatWriter {
  private readonly zip = new ZipFile();
  private readonly content = new PassThrough();
  private readonly columns: readonly OutputColumn[];
  private readonly sheetName: string;
  private readonly lists: ListValidations;
  private readonly rows: SheetRows;
  private readonly further: readonly FurtherSheet[];
  private xml: string;

  constructor(
    private readonly output: WatchedOutput,
    { columns, language = 'en', sheetName = '', properties = {}, further = [] }: TableWriterOptions,
  ) {
    this.columns = columns ?? [];
    this.further = further;
    this.sheetName = validSheetName(sheetName, language === 'de' ? 'Tabelle' : 'Table');
    this.lists = new ListValidations(this.columns, this.sheetName, this.sheetName === 'Lists' ? 'Lists2' : 'Lists');
    const formats = this.columns.map(({ kind = 'text' }) => formatOfKind(kind));
    this.rows = new SheetRows(formats, this.lists.attributes);
    const { title = '', creator = '', created = new Date() } = properties;
    const parts = packageParts({
      sheetName: this.sheetName,
      hasHeader: columns !== undefined,
      tables: (this.lists.needsSheet ? 2 : 1) + further.length,
      properties: { title, creator, created },
    });
    this.addParts(parts, created);
    this.xml =
      `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content${NAMESPACES} office:version="1.3">` +
      `<office:automatic-styles>${automaticStyles(this.columns, language)}</office:automatic-styles>` +
      `<office:body><office:spreadsheet>${this.lists.declarations}` +
      `<table:table table:name="${attributeXml(this.sheetName)}">${columnElements(this.columns)}`;
    if (columns)
      this.xml += new SheetRows(formats, []).xml(
        columns.map(({ header }) => header),
        HEADER_STYLE,
      );
    if (columns) this.rows.order.take([]);
  }

  async write(rows: Iterable<OutputRow>): Promise<void> {
    for (const row of rows) {
      this.xml += this.rows.xml(row);
      if (this.xml.length >= CHUNK) await this.flush();
    }
  }

  async end(): Promise<void> {
    const lastRow = this.rows.order.row;
    if (this.lists.declarations) this.xml += this.rows.blankRows(SHEET_ROWS - lastRow);
    // A table has at least one row.
    else if (lastRow === 0) this.xml += '<table:table-row><table:table-cell/></table:table-row>';
    this.xml += `</table:table>${this.further.map(furtherXml).join('')}${this.lists.tableXml()}${this.filters(lastRow)}`;
    this.xml += '</office:spreadsheet></office:body></office:document-content>';
    await this.flush();
    this.content.end();
    await this.output.finished();
  }

  abort(): void {
    this.content.destroy();
  }

  private addParts(parts: ReadonlyMap<string, string>, mtime: Date): void {
    this.zip.on('error', (error: Error) => this.output.fail(error));
    // First and stored, so that the type of the file stands at a fixed place in it (ODF 1.3 part 2, 3.3).
    this.zip.addBuffer(Buffer.from(MIME_TYPE), 'mimetype', { compress: false, mtime, forceDosTimestamp: true });
    for (const [name, xml] of parts) this.zip.addBuffer(Buffer.from(xml), name, { mtime });
    this.zip.addReadStream(this.content, 'content.xml', { mtime });
    this.zip.end();
    this.zip.outputStream.pipe(this.output.stream);
  }

  private filters(lastRow: number): string {
    if (this.columns.length === 0) return '';
    const sheet = `'${this.sheetName.replaceAll("'", "''")}'`;
    const range = `${sheet}.A1:${sheet}.${columnName(this.columns.length - 1)}${lastRow}`;
    return (
      '<table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" ' +
      `table:target-range-address="${attributeXml(range)}" table:display-filter-buttons="true"/></table:database-ranges>`
    );
  }

  private async flush(): Promise<void> {
    const { xml } = this;
    this.xml = '';
    if (xml !== '') await this.output.put(xml, this.content);
  }
}

/** Rows of these tables are few. */
function furtherXml({ sheetName, columns, rows }: FurtherSheet): string {
  const name = attributeXml(validSheetName(sheetName, sheetName));
  const writer = new SheetRows([], []);
  const header = writer.xml(
    columns.map((column) => column.header),
    HEADER_STYLE,
  );
  const body = rows.map((row) => writer.xml(row)).join('');
  return `<table:table table:name="${name}"><table:table-column/>${header}${body}</table:table>`;
}

function columnElements(columns: readonly OutputColumn[]): string {
  if (columns.length === 0) return '<table:table-column/>';
  return columns
    .map(({ kind = 'text' }, column) => {
      const cellStyle = styleName(formatOfKind(kind), undefined);
      return (
        `<table:table-column table:style-name="${columnStyleName(column)}" ` +
        `table:default-cell-style-name="${cellStyle}"/>`
      );
    })
    .join('');
}
