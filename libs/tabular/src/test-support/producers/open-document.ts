import { makeOds } from '../open-ods-bytes.js';

const NAMES = {
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  table: 'urn:oasis:names:tc:opendocument:xmlns:table:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  number: 'urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  svg: 'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0',
  dc: 'http://purl.org/dc/elements/1.1/',
  xlink: 'http://www.w3.org/1999/xlink',
  of: 'urn:oasis:names:tc:opendocument:xmlns:of:1.2',
};
const CALCEXT = 'urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0';

function content(names: Readonly<Record<string, string>>, tables: string): string {
  const declared = Object.entries(names).map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content${declared.join('')} office:version="1.3"><office:scripts/><office:font-face-decls/><office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style></office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`;
}

/** LibreOffice Calc. Row 5 has a note, a link, a merged cell and equal cells beside each other, row 6 is a copy of it. */
export function libreOfficeOds(): Promise<Buffer> {
  const string = (paragraphs: string, attributes = ''): string =>
    `<table:table-cell${attributes} office:value-type="string" calcext:value-type="string">${paragraphs}</table:table-cell>`;
  const row = (cells: string, attributes = ''): string =>
    `<table:table-row table:style-name="ro1"${attributes}>${cells}<table:table-cell table:number-columns-repeated="16379"/></table:table-row>`;
  const header = ['Nr.', 'Name', 'Betrag', 'Datum', 'Aktiv'].map((name) => string(`<text:p>${name}</text:p>`));
  const note =
    '<office:annotation draw:style-name="gr1" svg:width="2.9cm"><dc:creator>Ann</dc:creator><dc:date>2026-03-15T00:00:00</dc:date><text:p>eine Notiz</text:p></office:annotation>';
  const rows = [
    row(header.join('')),
    row(
      `${string('<text:p>007</text:p>', ' table:style-name="ce1"')}${string('<text:p>Müller &amp; Söhne</text:p>')}<table:table-cell table:style-name="ce2" office:value-type="currency" office:currency="EUR" office:value="1234.5" calcext:value-type="currency"><text:p>1.234,50 €</text:p></table:table-cell><table:table-cell table:style-name="ce3" office:value-type="date" office:date-value="2026-03-15" calcext:value-type="date"><text:p>15.03.26</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true" calcext:value-type="boolean"><text:p>WAHR</text:p></table:table-cell>`,
    ),
    '<table:table-row table:style-name="ro1"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
    row(
      `${string('<text:p>008</text:p>')}${string('<text:p><text:s/>zwei</text:p><text:p>Zeilen<text:s text:c="1"/></text:p>')}<table:table-cell office:value-type="percentage" office:value="0.25" calcext:value-type="percentage"><text:p>25 %</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-15T18:30:00" calcext:value-type="date"><text:p>15.03.2026 18:30</text:p></table:table-cell><table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#NV</text:p></table:table-cell>`,
    ),
    row(
      `${string(`${note}<text:p>mit <text:span text:style-name="T1">Notiz</text:span></text:p>`)}${string('<text:p><text:a xlink:href="http://a.example/" xlink:type="simple">Verweis</text:a></text:p>', ' table:number-columns-spanned="2" table:number-rows-spanned="1"')}<table:covered-table-cell/>${string('<text:p>gleich</text:p>', ' table:number-columns-repeated="2"')}`,
      ' table:number-rows-repeated="2"',
    ),
    '<table:table-row table:style-name="ro1" table:number-rows-repeated="1048569"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>',
  ];
  const table = `<table:table table:name="Kunden" table:style-name="ta1"><office:forms form:automatic-focus="false" xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"/><table:table-column table:style-name="co1" table:number-columns-repeated="16384" table:default-cell-style-name="Default"/><table:table-header-rows>${rows[0] ?? ''}</table:table-header-rows>${rows.slice(1).join('')}</table:table>`;
  const behind =
    '<table:named-expressions/><table:database-ranges><table:database-range table:name="__Anonymous_Sheet_DB__0" table:target-range-address="Kunden.A1:Kunden.E4"/></table:database-ranges>';
  const before =
    '<table:calculation-settings table:automatic-find-labels="false" table:use-regular-expressions="false"/>';
  return makeOds(content({ ...NAMES, calcext: CALCEXT }, before + table + behind));
}

/** Google Sheets: no LibreOffice names, all rows of the grid, errors and booleans by their formulas. */
export function googleOds(): Promise<Buffer> {
  const string = (text: string): string =>
    `<table:table-cell table:style-name="ce1" office:value-type="string"><text:p>${text}</text:p></table:table-cell>`;
  const row = (cells: string): string => `<table:table-row table:style-name="ro1">${cells}</table:table-row>`;
  const empty = '<table:table-cell table:style-name="ce1" table:number-columns-repeated="21"/>';
  const rows = [
    row(['Nr.', 'Name', 'Betrag', 'Datum', 'Aktiv'].map(string).join('') + empty),
    row(`${string('007')}${string('Müller &amp; Söhne')}<table:table-cell office:value-type="float" office:value="1234.5"><text:p>1234,5</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-15"><text:p>15.03.2026</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p></table:table-cell>`),
    row('<table:table-cell table:number-columns-repeated="26"/>'),
    row(`${string('008')}<table:table-cell office:value-type="string"><text:p> zwei</text:p><text:p>Zeilen </text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2026-03-15T18:30:00"><text:p>15.03.2026 18:30:00</text:p></table:table-cell><table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="#N/A"><text:p>#N/A</text:p></table:table-cell>`),
    '<table:table-row table:number-rows-repeated="996"><table:table-cell table:number-columns-repeated="26"/></table:table-row>',
  ]; // prettier-ignore
  return makeOds(content(NAMES, `<table:table table:name="Kunden"><table:table-column table:number-columns-repeated="26"/>${rows.join('')}</table:table>`)); // prettier-ignore
}
