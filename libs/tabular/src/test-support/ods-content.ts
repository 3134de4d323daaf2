const NAMES = {
  office: 'urn:oasis:names:tc:opendocument:xmlns:office:1.0',
  table: 'urn:oasis:names:tc:opendocument:xmlns:table:1.0',
  text: 'urn:oasis:names:tc:opendocument:xmlns:text:1.0',
  style: 'urn:oasis:names:tc:opendocument:xmlns:style:1.0',
  draw: 'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0',
  dc: 'http://purl.org/dc/elements/1.1/',
  calcext: 'urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0',
};

/** `content.xml` of a spreadsheet. @param spreadsheet what stands in `office:spreadsheet` */
export function odsContent(spreadsheet: string, styles = ''): string {
  const names = Object.entries(NAMES).map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content ${names.join(' ')} office:version="1.3">` +
    `<office:automatic-styles>${styles}</office:automatic-styles>` +
    `<office:body><office:spreadsheet>${spreadsheet}</office:spreadsheet></office:body></office:document-content>`
  );
}

export function odsSheet(rows: string, attributes = 'table:name="Sheet1"'): string {
  return `<table:table ${attributes}><table:table-column table:number-columns-repeated="20"/>${rows}</table:table>`;
}

/** @param cells finished ones */
export function odsRow(...cells: string[]): string {
  return `<table:table-row table:style-name="ro1">${cells.join('')}</table:table-row>`;
}

/** A text cell. @param content paragraphs, or their text */
export function odsText(content: string, attributes = ''): string {
  const paragraphs = content.includes('<text:') ? content : `<text:p>${content}</text:p>`;
  return `<table:table-cell office:value-type="string" calcext:value-type="string"${attributes}>${paragraphs}</table:table-cell>`;
}
