/**
 * Splits whole records, as `RecordCutter` gives them out, into cells that keep their quotes. For recognition only, where
 * it matters whether a delimiter stands in quotes.
 */
export function* rawRecords(text: string, delimiter: string, quote: string): Generator<string[]> {
  let record: string[] = [];
  for (let from = 0; from < text.length;) {
    const end = text[from] === quote ? quotedEnd(text, from, delimiter, quote) : plainEnd(text, from, delimiter);
    record.push(text.slice(from, end));
    if (text[end] !== delimiter) {
      yield record;
      record = [];
    } else if (end + 1 === text.length) record.push('');
    from = end + 1;
  }
  if (record.length > 0) yield record;
}

/** Place of the delimiter or line feed behind the cell. */
function plainEnd(text: string, from: number, delimiter: string): number {
  let end = from;
  while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
  return end;
}

function quotedEnd(text: string, from: number, delimiter: string, quote: string): number {
  for (let at = from + 1; ;) {
    const found = text.indexOf(quote, at);
    if (found < 0) return text.length;
    if (text[found + 1] === quote) {
      at = found + 2;
      continue;
    }
    let end = found + 1;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n' && text.charAt(end).trim() === '') end++;
    if (end === text.length || text[end] === delimiter || text[end] === '\n') return end;
    at = found + 1;
  }
}

/** Other delimiters within a cell, unless they stand there as in a sentence or a number. */
const STRAY_DELIMITER = /\t|;(?! )|\|(?! )|,(?! )(?!(?<=\d,)\d)/;

/** Whether one would write this into a cell of a file with another delimiter. */
export function isCleanCell(cell: string, quote: string): boolean {
  if (!cell.startsWith(quote)) return !STRAY_DELIMITER.test(cell);
  const content = cell.trimEnd().slice(1);
  return (
    content.endsWith(quote) &&
    !content
      .slice(0, -1)
      .replaceAll(quote + quote, '')
      .includes(quote)
  );
}
