import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { builtInFormat } from './built-in-formats.js';
import { parseNumberFormat, type NumberFormat } from './number-format.js';
import { scanPart } from './scan-part.js';
import { unescapeString } from './string-escapes.js';
import { unreadable } from './xlsx-error.js';

/** Excel holds 64,000 styles. */
const STYLES = 1_000_000;
const FORMATS = 100_000;

/** The number formats of the cell styles, in the order that the `s` of a cell counts; none when there are no styles. */
export async function readStyles(archive: Archive, entry: ArchiveEntry | undefined): Promise<readonly NumberFormat[]> {
  const formats = new Map<number, NumberFormat>();
  const ids: number[] = [];
  if (!entry) return [];
  let inCellStyles = false;
  let inFormats = false;
  await scanPart(archive, entry, (tag) => {
    if (tag.name === 'cellXfs') inCellStyles = tag.isOpen && !tag.isSelfClosing;
    // Differential styles (dxfs) have numFmt elements too, whose ids are of no account.
    if (tag.name === 'numFmts') inFormats = tag.isOpen && !tag.isSelfClosing;
    if (tag.isClose) return;
    if (tag.name === 'numFmt' && inFormats) {
      const id = Number(tag.attribute('numFmtId'));
      const code = tag.attribute('formatCode');
      if (code === undefined || !Number.isInteger(id)) return;
      if (formats.size >= FORMATS) throw unreadable('too many number formats');
      formats.set(id, parseNumberFormat(unescapeString(code)));
    } else if (tag.name === 'xf' && inCellStyles) {
      if (ids.length >= STYLES) throw unreadable('too many styles');
      ids.push(Number(tag.attribute('numFmtId') ?? 0));
    }
  });
  return ids.map((id) => formats.get(id) ?? builtInFormat(id));
}
