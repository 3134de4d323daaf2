import { MAIN, officePackage, relations, RELATIONS, XML } from './office-package.js';

const TEXTS = ['Nr.', 'Name', 'Betrag', 'Datum', 'Aktiv', '007', 'Müller &amp; Söhne', '008', ' zwei\nZeilen '];

function text(reference: string, at: number, attributes = ''): string {
  return `<c r="${reference}"${attributes} t="s"><v>${at}</v></c>`;
}

const header = (attributes: string): string =>
  ['A1', 'B1', 'C1', 'D1', 'E1'].map((reference, at) => text(reference, at, attributes)).join('');

/** LibreOffice, XLSX: formats all of its own, `s` on every cell, booleans as words, formulas with `aca`. */
export function libreOfficeXlsx(): Promise<Buffer> {
  const formats = ['General', 'dd/mm/yy', '0\\ %', 'dd/mm/yyyy\\ hh:mm', '@', '"TRUE";"TRUE";"FALSE"'];
  const row = (number: number, cells: string): string =>
    `<row r="${number}" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false">${cells}</row>`;
  return officePackage({
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><fileVersion appName="Calc"/><workbookPr backupFile="false" showObjects="all" date1904="false"/><workbookProtection/><bookViews><workbookView showHorizontalScroll="true" firstSheet="0" activeTab="0"/></bookViews><sheets><sheet name="Kunden" sheetId="1" state="visible" r:id="rId2"/></sheets><calcPr iterateCount="100" refMode="A1" iterate="false" iterateDelta="0.001"/><extLst><ext xmlns:loext="http://schemas.libreoffice.org/" uri="{7626C862-2A13-11E5-B345-FEFF819CDC9F}"><loext:extCalcPr stringRefSyntax="CalcA1"/></ext></extLst></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'styles', 'styles.xml'],
      ['rId2', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId3', 'sharedStrings', 'sharedStrings.xml'],
    ]),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="6">${formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts><cellStyleXfs count="20">${'<xf numFmtId="164" fontId="0" applyFont="true"><alignment horizontal="general"/><protection locked="true" hidden="false"/></xf>'.repeat(20)}</cellStyleXfs><cellXfs count="6">${formats.map((_, at) => `<xf numFmtId="${164 + at}" fontId="0" fillId="0" borderId="0" xfId="0" applyFont="false"><alignment horizontal="general" vertical="bottom"/><protection locked="true" hidden="false"/></xf>`).join('')}</cellXfs><cellStyles count="6"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" count="9" uniqueCount="9">${TEXTS.map((item) => `<si><t xml:space="preserve">${item}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView showFormulas="false" workbookViewId="0"/></sheetViews><sheetFormatPr defaultColWidth="11.53515625" defaultRowHeight="12.8" zeroHeight="false"/><sheetData>${[
      row(1, header(' s="0"')),
      row(2, `${text('A2', 5, ' s="4"')}${text('B2', 6, ' s="0"')}<c r="C2" s="0" t="n"><v>1234.5</v></c><c r="D2" s="1" t="n"><v>46096</v></c><c r="E2" s="5" t="b"><f aca="false">TRUE()</f><v>1</v></c>`),
      row(4, `${text('A4', 7, ' s="4"')}${text('B4', 8, ' s="0"')}<c r="C4" s="2" t="n"><v>0.25</v></c><c r="D4" s="3" t="n"><v>46096.7708333333</v></c><c r="E4" s="0" t="e"><f aca="false">NA()</f><v>#N/A</v></c>`),
      row(5, '<c r="A5" s="0" t="str"><f aca="false">CONCATENATE(&quot;a&quot;,&quot; b&quot;)</f><v>a b</v></c>'),
    ].join('')}</sheetData><printOptions headings="false"/></worksheet>`,
  }); // prettier-ignore
}

/** Google Sheets, XLSX: no dimension, all rows of the grid, targets from the root, the sheet named before the strings. */
export function googleXlsx(): Promise<Buffer> {
  const blank = (number: number): string =>
    `<row r="${number}"><c r="A${number}" s="1"/><c r="B${number}" s="1"/></row>`;
  return officePackage({
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}" xmlns:mx="http://schemas.microsoft.com/office/mac/excel/2008/main"><workbookPr/><sheets><sheet state="visible" name="Kunden" sheetId="1" r:id="rId4"/></sheets><definedNames/><calcPr/></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId4', 'worksheet', '/xl/worksheets/sheet1.xml'],
      ['rId3', 'sharedStrings', '/xl/sharedStrings.xml'],
      ['rId1', 'theme', '/xl/theme/theme1.xml'],
      ['rId2', 'styles', '/xl/styles.xml'],
    ]),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/><numFmt numFmtId="165" formatCode="dd.mm.yyyy h:mm:ss"/></numFmts><cellStyleXfs count="1"><xf borderId="0" fillId="0" fontId="0" numFmtId="0" applyAlignment="1"/></cellStyleXfs><cellXfs count="5"><xf borderId="0" fillId="0" fontId="0" numFmtId="0" xfId="0" applyAlignment="1" applyFont="1"><alignment readingOrder="0" shrinkToFit="0" vertical="bottom" wrapText="0"/></xf><xf borderId="0" fillId="0" fontId="1" numFmtId="49" xfId="0"/><xf borderId="0" fillId="0" fontId="1" numFmtId="164" xfId="0"/><xf borderId="0" fillId="0" fontId="1" numFmtId="9" xfId="0"/><xf borderId="0" fillId="0" fontId="1" numFmtId="165" xfId="0"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" count="9" uniqueCount="9">${TEXTS.map((item) => `<si><t>${item}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${MAIN}"><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr><sheetViews><sheetView workbookViewId="0"/></sheetViews><sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/><sheetData><row r="1">${header(' s="1"')}</row><row r="2">${text('A2', 5, ' s="1"')}${text('B2', 6, ' s="1"')}<c r="C2" s="0"><v>1234.5</v></c><c r="D2" s="2"><v>46096.0</v></c><c r="E2" s="1" t="b"><v>1</v></c></row>${blank(3)}<row r="4">${text('A4', 7, ' s="1"')}${text('B4', 8, ' s="1"')}<c r="C4" s="3"><v>0.25</v></c><c r="D4" s="4"><v>46096.770833333336</v></c><c r="E4" s="1" t="str"><f t="shared" ref="E4:E5" si="1">IFERROR(__xludf.DUMMYFUNCTION("GOOGLEFINANCE(A1)"),"aus")</f><v>aus</v></c></row>${Array.from({ length: 20 }, (_, at) => blank(at + 5)).join('')}</sheetData><drawing r:id="rId1" xmlns:r="${RELATIONS}"/></worksheet>`,
  });
}

/** Apple Numbers: a sheet for each table, named after both, in front of them one that says so; a style on every cell. */
export function numbersXlsx(): Promise<Buffer> {
  const summary = ['This document was exported from Numbers.', 'Numbers Table Name'];
  const sheet = (rows: string, columns: number): string =>
    `${XML}<worksheet xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:E4"/><sheetViews><sheetView workbookViewId="0" showGridLines="0" defaultGridColor="1"/></sheetViews><sheetFormatPr defaultColWidth="16.3333" defaultRowHeight="19.9" customHeight="1" outlineLevelRow="0" outlineLevelCol="0"/><cols><col min="1" max="${columns}" width="16.3516" style="1" customWidth="1"/></cols><sheetData>${rows}</sheetData><pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.277778" footer="0.277778"/></worksheet>`;
  const row = (number: number, cells: string): string =>
    `<row r="${number}" ht="20.25" customHeight="1">${cells}</row>`;
  return officePackage({
    'xl/workbook.xml': `${XML}<workbook xmlns:r="${RELATIONS}" xmlns="${MAIN}"><workbookPr date1904="0"/><bookViews><workbookView xWindow="0"/></bookViews><sheets><sheet name="Export Summary" sheetId="1" r:id="rId4"/><sheet name="Blatt 1 - Tabelle 1" sheetId="2" r:id="rId5"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ['rId1', 'sharedStrings', 'sharedStrings.xml'],
      ['rId2', 'styles', 'styles.xml'],
      ['rId4', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId5', 'worksheet', 'worksheets/sheet2.xml'],
    ]),
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="0" formatCode="General"/><numFmt numFmtId="59" formatCode="d.m.yyyy"/><numFmt numFmtId="60" formatCode="d.m.yyyy h:mm"/></numFmts><cellXfs count="5"><xf numFmtId="0" applyNumberFormat="0"/><xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="59" applyNumberFormat="1"/><xf numFmtId="9" applyNumberFormat="1"/><xf numFmtId="60" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `${XML}<sst xmlns="${MAIN}" uniqueCount="11">${TEXTS.map((item) => `<si><t xml:space="preserve">${item}</t></si>`).join('')}${summary.map((item) => `<si><t>${item}</t></si>`).join('')}</sst>`,
    'xl/worksheets/sheet1.xml': sheet(row(3, `${text('B3', 9, ' s="1"')}<c r="C3"/>`) + row(7, text('B7', 10, ' s="1"')), 4),
    'xl/worksheets/sheet2.xml': sheet(
      row(1, header(' s="1"')) +
        row(2, `${text('A2', 5, ' s="1"')}${text('B2', 6, ' s="1"')}<c r="C2" s="0"><v>1234.5</v></c><c r="D2" s="2"><v>46096</v></c><c r="E2" t="b" s="0"><v>1</v></c>`) +
        row(3, '<c r="A3" s="1"/><c r="B3" s="1"/>') +
        row(4, `${text('A4', 7, ' s="1"')}${text('B4', 8, ' s="1"')}<c r="C4" s="3"><v>0.25</v></c><c r="D4" s="4"><v>46096.770833333336</v></c><c r="E4" t="e" s="0"><f>NA()</f><v>#N/A</v></c>`),
      5,
    ),
  }); // prettier-ignore
}
