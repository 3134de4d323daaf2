/** What XML, or XML as Excel writes it, cannot hold as it is; and what would be read as an escape. */
const NOT_PLAIN = /[&<>]|[^\u0020-\uFFFD]|_x/;
/** Reading joins line ends and takes CR for LF: it is escaped too. */
const CONTROL = /[^\t\n\u0020-\uFFFD]/g;
/** An underscore that, with what follows, would be read as an escape; also when that is one that is only now made. */
const LIKE_ESCAPE = /_(?=x[0-9a-fA-F]{4}(?:_|[^\t\n\u0020-\uFFFD]))/g;
/** Blanks that are lost without `xml:space`: those at the ends, and runs that a reader may join. */
const KEPT_BLANKS = /^\s|\s$|\s\s|[\t\n]/;

/**
 * The content of an element that holds a string of a workbook (ST_Xstring): characters that XML cannot hold are written
 * `_xHHHH_`, and a text that looks so is escaped itself, so that reading gives the same text.
 */
export function stringXml(text: string): string {
  return NOT_PLAIN.test(text) ? escapeXml(escapeString(text)) : text;
}

/** The escapes of {@link stringXml} alone, for what exceljs puts into XML. */
export function escapeString(text: string): string {
  return text
    .replaceAll(LIKE_ESCAPE, '_x005F_')
    .replaceAll(CONTROL, (character) => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);
}

export function hasKeptBlanks(text: string): boolean {
  return KEPT_BLANKS.test(text);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
