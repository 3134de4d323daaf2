/** Parts of an archive by name, or the text of a file that is none. */
export type SeedFile = { readonly name: string } & (
  | { readonly parts: Readonly<Record<string, Buffer>>; readonly text?: never }
  | { readonly text: Buffer; readonly parts?: never }
);

const XMLNS = 'http://schemas.openxmlformats.org';
const OFFICE = `${XMLNS}/officeDocument/2006/relationships`;
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A workbook with a cell of each kind, texts shared and inline, and what readers stumble over. */
const WORKBOOK = parts({
  '[Content_Types].xml': `<Types xmlns="${XMLNS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${XMLNS}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${XMLNS}/spreadsheetml/2006/main" xmlns:r="${OFFICE}"><workbookPr date1904="false"/><sheets><sheet name="Kunden &amp; Größe" sheetId="1" r:id="rId1"/><sheet name="verborgen" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${XMLNS}/package/2006/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/worksheet" Target="/xl/worksheets/sheet2.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  'xl/styles.xml': `<styleSheet xmlns="${XMLNS}/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="[$-407]dd.mm.yyyy\\ hh:mm;@"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
  'xl/sharedStrings.xml': `<sst xmlns="${XMLNS}/spreadsheetml/2006/main" count="3" uniqueCount="3"><si><t>Müller</t></si><si><r><rPr><b/></rPr><t>fett </t></r><r><t xml:space="preserve"> und nicht</t></r><rPh sb="0" eb="1"><t>ー</t></rPh></si><si><t>_x000D_ &lt;&#228;&#x1F600;></t></si></sst>`,
  'xl/worksheets/sheet1.xml': `<worksheet xmlns="${XMLNS}/spreadsheetml/2006/main"><dimension ref="A1:J4"/><cols><col min="1" max="3" hidden="1"/></cols><sheetData><row r="1" spans="1:10"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row><row><c><v>1.5E-3</v></c><c s="1"><v>45000</v></c><c s="2"><v>45000.75</v></c><c s="3"><v>1.25</v></c><c s="4"><v>0.25</v></c></row><row r="4"><c r="A4" t="b"><v>1</v></c><c r="C4" t="e"><v>#N/A</v></c><c r="E4" t="str"><f>A1&amp;"x"</f><v>Müllerx</v></c><c r="F4" t="inlineStr"><is><t>inline</t></is></c><c r="G4" t="d"><v>2024-02-29T12:00:00</v></c><c r="H4"/></row></sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>`,
  'xl/worksheets/sheet2.xml': `<worksheet xmlns="${XMLNS}/spreadsheetml/2006/main"><sheetData/></worksheet>`,
});

const ODF = 'urn:oasis:names:tc:opendocument:xmlns';
const ODS_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';

const SPREADSHEET = parts({
  mimetype: ODS_TYPE,
  'META-INF/manifest.xml': `<manifest:manifest xmlns:manifest="${ODF}:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="${ODS_TYPE}"/></manifest:manifest>`,
  'content.xml': `<office:document-content xmlns:office="${ODF}:office:1.0" xmlns:table="${ODF}:table:1.0" xmlns:text="${ODF}:text:1.0" xmlns:style="${ODF}:style:1.0"><office:automatic-styles><style:style style:name="ta1" style:family="table"/></office:automatic-styles><office:body><office:spreadsheet><table:table table:name="Größe" table:style-name="ta1"><table:table-column table:number-columns-repeated="6"/><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>Müller<text:s text:c="3"/>&amp;<text:line-break/>Söhne</text:p><text:p><text:span>zweite</text:span></text:p></table:table-cell><table:table-cell office:value-type="float" office:value="1234.5" table:number-columns-repeated="3"><text:p>1.234,5</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell office:value-type="date" office:date-value="2024-02-29T12:00:00"><office:annotation><text:p>Notiz</text:p></office:annotation><text:p>29.02.</text:p></table:table-cell><table:table-cell office:value-type="time" office:time-value="PT25H30M00S"/><table:table-cell office:value-type="percentage" office:value="0.25"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:number-columns-repeated="16380"/></table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>`,
});

const CSV = `Nr;Name;Bemerkung\r\n007;"Müller ""und"" Söhne";"zwei\r\nZeilen"\r\n\r\n1;Größe;\r\n2;x;y;z\r\n`;

export const SEED_FILES: readonly SeedFile[] = [
  { name: 'xlsx', parts: WORKBOOK },
  { name: 'ods', parts: SPREADSHEET },
  { name: 'csv in UTF-8', text: Buffer.from(`\uFEFF${CSV.repeat(20)}`) },
  { name: 'csv in UTF-16', text: Buffer.from(`\uFEFF${CSV.repeat(20)}`, 'utf16le') },
  { name: 'csv in Windows-1252', text: Buffer.from(`sep=;\r\n${CSV}`, 'latin1') },
];

function parts(texts: Readonly<Record<string, string>>): Readonly<Record<string, Buffer>> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Buffer.from(text)]));
}
