/** Excel with German settings, "CSV (Trennzeichen-getrennt)": semicolons, Windows-1252, quotes only where needed. */
export function germanExcel(): Buffer {
  return windows1252('Nr.;Name;Betrag;Datum\r\n007;Müller & Söhne;1.234,50 €;15.03.2026\r\n;;;\r\n008;" zwei\nZeilen „x“";-5;\r\n');
} // prettier-ignore

/** A line for Excel alone in front, as portals write it, in UTF-8 with its mark. */
export function separatorLine(): Buffer {
  return Buffer.from('\uFEFFsep=;\r\nNr.;Name\r\n007;Müller, Söhne\r\n');
}

/** Excel, "CSV UTF-8". */
export function excelUtf8(): Buffer {
  return Buffer.from('\uFEFFNr.;Name\r\n007;"sagt ""ja"";"\r\n');
}

/** Excel, "Unicode-Text": UTF-16 with tabs. */
export function excelUnicodeText(): Buffer {
  return Buffer.from('\uFEFFNr.\tName\r\n007\tMüller\r\n', 'utf16le');
}

/** LibreOffice with "all texts in quotes", and its line ends. */
export function libreOfficeCsv(): Buffer {
  return Buffer.from('"Nr.","Name","Betrag"\n"007","Müller, Söhne",1234.5\n"008"," zwei\nZeilen ",\n');
}

/** Google Sheets: no mark, CRLF but behind the last row, quotes only where needed. */
export function googleCsv(): Buffer {
  return Buffer.from('Nr.,Name,Betrag\r\n007,"Müller, Söhne","1.234,50"\r\n,,\r\n008,\'x,FALSE');
}

/** SAP, list to a local file "unconverted": bars around, rules between, blanks that fill columns up. */
export function sapPipes(): Buffer {
  return windows1252('|Nr. |Name          |Betrag   |\r\n|007 |Müller & Söhne|1.234,50 |\r\n|008 |Weiß          |    5,00-|\r\n');
} // prettier-ignore

/** SAP, "spreadsheet": tabs, a title and blank lines above. */
export function sapTabs(): Buffer {
  return windows1252('15.03.2026\t\tDynamische Listenausgabe\r\n\r\n\tNr.\tName\r\n\r\n\t007\tMüller\r\n');
}

/** Tools of Unix: tabs, line feeds, nothing quoted, no line end behind the last row. */
export function unixTabs(): Buffer {
  return Buffer.from('nr\tname\n007\tthe "old" one\n008\tit\'s');
}

function windows1252(text: string): Buffer {
  return Buffer.from(text.replaceAll('€', '\x80').replaceAll('„', '\x84').replaceAll('“', '\x93'), 'latin1');
}
