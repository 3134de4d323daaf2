import type { XmlScanner } from '../xml/xml-scanner.js';
import { decodeText } from '../xml/text.js';
import { unescapeString } from './string-escapes.js';

/**
 * Collects the text of an element of type CT_Rst (`si`, `is`): its `t`, or those of its runs one after another. Phonetic
 * hints (`rPh`) are no text.
 */
export class RichText {
  text = '';
  private phonetic = 0;

  begin(): void {
    this.text = '';
    this.phonetic = 0;
  }

  /** Takes a tag within the element. */
  take(tag: XmlScanner): void {
    if (tag.name === 'rPh') {
      if (!tag.isSelfClosing) this.phonetic += tag.isClose ? -1 : 1;
    } else if (tag.name === 't' && tag.isClose && this.phonetic === 0) {
      this.text += stringText(tag.text);
    }
  }
}

/** Text of a string of a workbook from raw XML. */
export function stringText(raw: string): string {
  const text = unescapeString(decodeText(raw));
  // A slice would keep all of the text around it in memory for as long as somebody keeps the cell.
  return text === raw ? Buffer.from(raw, 'latin1').toString('latin1') : text;
}

/** Bytes of raw XML that a text within the limit can take: the longest form of a UTF-16 unit that files use is `&#65535;`. */
export function maxRawLength(cellLength: number): number {
  return 8 * cellLength + 4096;
}
