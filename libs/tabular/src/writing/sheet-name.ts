/** What Excel takes at most, in UTF-16 units. */
const LENGTH = 31;

/** A name that Excel and LibreOffice take for a sheet: their forbidden characters become `_`, and it is cut to 31. */
export function validSheetName(name: string, preset: string): string {
  const cut = name
    .toWellFormed()
    .replaceAll(/[[\]:*?/\\\u007F]|[^\u0020-\uFFFC]/g, '_')
    .slice(0, LENGTH)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replaceAll(/^'+|'+$/g, '_')
    .trim();
  return cut === '' || cut.toLowerCase() === 'history' ? preset : cut;
}
