import { MAIN, officePackage, relations, RELATIONS, XML } from './office-package.js';

const COMPATIBILITY =
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"';

const STYLES = `<numFmts count="2"><numFmt numFmtId="164" formatCode="[$-407]dd/mm/yyyy\\ hh:mm;@"/><numFmt numFmtId="165" formatCode="_-* #,##0.00\\ &quot;€&quot;_-;\\-* #,##0.00\\ &quot;€&quot;_-;_-* &quot;-&quot;??\\ &quot;€&quot;_-;_-@_-"/></numFmts>
<fonts count="1" x14ac:knownFonts="1"><font><sz val="11"/><color theme="1"/><name val="Aptos Narrow"/><family val="2"/><scheme val="minor"/></font></fonts>
<cellStyleXfs count="1"><xf numFmtId="14" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"><alignment wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>
<dxfs count="1"><dxf><numFmt numFmtId="164" formatCode="0%"/></dxf></dxfs>`;

const STRINGS = [
  '<t>Nr.</t>',
  '<t>Name</t>',
  '<t>Betrag</t>',
  '<t>Datum</t>',
  '<t>Aktiv</t>',
  '<t>007</t>',
  '<t>Müller &amp; Söhne</t>',
  '<t>008</t>',
  '<t xml:space="preserve"> zwei\nZeilen </t>',
  '<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>',
  '<r><rPr><b/><sz val="11"/><rFont val="Aptos Narrow"/></rPr><t>fett</t></r><r><t xml:space="preserve"> und_x000D_\nnicht</t></r>',
];

const row = (number: number, cells: string): string =>
  `<row r="${number}" spans="1:5" x14ac:dyDescent="0.25">${cells}</row>`;

/** Desktop Excel of Microsoft 365. Row 5 has phonetic and rich text and formulas, row 6 what a dynamic array spills. */
export function excel365(): Promise<Buffer> {
  const rows = [
    row(1, [0, 1, 2, 3, 4].map((at) => `<c r="${'ABCDE'.charAt(at)}1" t="s"><v>${at}</v></c>`).join('')),
    row(2, '<c r="A2" s="4" t="s"><v>5</v></c><c r="B2" t="s"><v>6</v></c><c r="C2" s="5"><v>1234.5</v></c><c r="D2" s="1"><v>46096</v></c><c r="E2" t="b"><v>1</v></c>'),
    '<row r="3" spans="1:5" ht="30" customHeight="1" x14ac:dyDescent="0.25"><c r="A3" s="4"/></row>',
    row(4, '<c r="A4" s="4" t="s"><v>7</v></c><c r="B4" t="s"><v>8</v></c><c r="C4" s="2"><v>0.25</v></c><c r="D4" s="3"><v>46096.770833333336</v></c><c r="E4" t="e"><f>VLOOKUP(1,F:G,2,FALSE)</f><v>#N/A</v></c>'),
    row(5, '<c r="A5" cm="1"><f t="array" ref="A5:A6">_xlfn.SEQUENCE(2,1,7.0000000000000007E-2)</f><v>7.0000000000000007E-2</v></c><c r="B5" t="s"><v>9</v></c><c r="C5" t="s"><v>10</v></c><c r="D5" t="str"><f>"x &lt; "&amp;A5</f><v>x &lt; 0,07</v></c><c r="E5" t="e" vm="1"><v>#VALUE!</v></c>'),
    row(6, '<c r="A6"><v>1.07</v></c>'),
  ]; // prettier-ignore
  return officePackage({
    'docProps/app.xml': `${XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Microsoft Excel</Application></Properties>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}" ${COMPATIBILITY} xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"><fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="27328"/><workbookPr defaultThemeVersion="202300"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\Daten\\" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent><xr:revisionPtr revIDLastSave="0"/><bookViews><workbookView activeTab="0" xr2:uid="{1}" xmlns:xr2="u"/></bookViews><sheets><sheet name="Kunden" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">Kunden!$A$1:$E$4</definedName></definedNames><calcPr calcId="191029"/><extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId5', 'calcChain', 'calcChain.xml'],
      ['rId4', 'sharedStrings', 'sharedStrings.xml'],
      ['rId3', 'styles', 'styles.xml'],
      ['rId2', 'theme', 'theme/theme1.xml'],
      ['rId6', 'sheetMetadata', 'metadata.xml'],
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
    ]),
    'xl/calcChain.xml': `${XML}<calcChain xmlns="${MAIN}"><c r="E4" i="1"/><c r="A5" a="1"/></calcChain>`,
    'xl/theme/theme1.xml': `${XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Office"/>`,
    'xl/metadata.xml': `${XML}<metadata xmlns="${MAIN}"><cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}" ${COMPATIBILITY}>${STYLES}</styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" count="11" uniqueCount="11">${STRINGS.map((text) => `<si>${text}</si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}" ${COMPATIBILITY} xr:uid="{2}"><sheetPr filterMode="1"/><dimension ref="A1:E6"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetFormatPr baseColWidth="10" defaultRowHeight="15" x14ac:dyDescent="0.25"/><cols><col min="2" max="2" width="20" customWidth="1"/></cols><sheetData>${rows.join('')}</sheetData><autoFilter ref="A1:E4"/><mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells><phoneticPr fontId="1"/><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>`,
  });
}

/** Excel's "Strict Open XML Spreadsheet": other namespaces, dates as ISO 8601. */
export function excelStrict(): Promise<Buffer> {
  const main = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
  const links = 'http://purl.oclc.org/ooxml/officeDocument/relationships';
  const text = (reference: string, at: number): string => `<c r="${reference}" t="s"><v>${at}</v></c>`;
  return officePackage({
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']], links),
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${links}" conformance="strict"><workbookPr dateCompatibility="0"/><sheets><sheet name="Kunden" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(
      [
        ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
        ['rId2', 'styles', 'styles.xml'],
        ['rId3', 'sharedStrings', 'sharedStrings.xml'],
      ],
      links,
    ),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${main}" ${COMPATIBILITY}>${STYLES}</styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${main}" count="9" uniqueCount="9">${STRINGS.slice(0, 9).map((item) => `<si>${item}</si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${main}"><dimension ref="A1:E4"/><sheetData>
      <row r="1" spans="1:5">${['A1', 'B1', 'C1', 'D1', 'E1'].map(text).join('')}</row>
      <row r="2" spans="1:5">${text('A2', 5)}${text('B2', 6)}<c r="C2"><v>1234.5</v></c><c r="D2" s="1" t="d"><v>2026-03-15</v></c><c r="E2" t="b"><v>1</v></c></row>
      <row r="4" spans="1:5">${text('A4', 7)}${text('B4', 8)}<c r="C4" s="2"><v>0.25</v></c><c r="D4" s="3" t="d"><v>2026-03-15T18:30:00.000</v></c><c r="E4" t="e"><f>NA()</f><v>#N/A</v></c></row>
    </sheetData></worksheet>`,
  }); // prettier-ignore
}
