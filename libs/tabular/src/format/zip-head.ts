/** An archive begins with an entry, with its end when it has none, or with a mark that it was split, or could have been. */
const BEGINNINGS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08', 'PK00PK\x03\x04'];

export function isZip(head: string): boolean {
  return BEGINNINGS.some((beginning) => head.startsWith(beginning));
}

/** What an archive seems to be by the names at its beginning, for who cannot look into it. */
export function probablePackage(head: string): string {
  if (head.includes('opendocument.spreadsheet')) return 'ODS';
  if (/word[\\/]/.test(head)) return 'DOCX';
  return /xl[\\/]/.test(head) || head.includes('[Content_Types].xml') ? 'XLSX' : 'ZIP';
}
