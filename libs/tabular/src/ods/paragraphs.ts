import { TabularError } from '../tabular-error.js';
import { decodeText } from '../xml/text.js';
import type { OdfScanner } from './odf-scanner.js';
import { AROUND_PARAGRAPHS } from './sheet-structure.js';

const PARAGRAPHS: ReadonlySet<string> = new Set(['text:p', 'text:h']);

/** In a paragraph, but not part of what it says. */
const LEFT_OUT: ReadonlySet<string> = new Set(['text:note', 'text:ruby-text']);

/**
 * Puts the paragraphs of a cell together. White space stays as it stands, as spreadsheets keep it: the standard would
 * have it collapsed, but what writes files by it has `text:s` instead, and the others mean what they write.
 */
export class Paragraphs {
  /** All of them so far. */
  text = '';
  private count = 0;
  private inParagraph = false;

  /** @param limit UTF-16 units */
  constructor(private readonly limit: number) {}

  clear(): void {
    this.text = '';
    this.count = 0;
    this.inParagraph = false;
  }

  /** Takes a tag within a cell over, with the text in front of it. @throws TabularError cell_too_long */
  take(scanner: OdfScanner, row: number): void {
    if (this.inParagraph) this.add(decodeText(scanner.text), row);
    if (!scanner.isOpen) {
      if (PARAGRAPHS.has(scanner.name)) this.inParagraph = false;
    } else if (this.inParagraph) this.inline(scanner, row);
    else if (PARAGRAPHS.has(scanner.name)) this.begin(row);
    else if (!AROUND_PARAGRAPHS.has(scanner.name)) scanner.skipElement();
  }

  private begin(row: number): void {
    this.inParagraph = true;
    if (this.count++ > 0) this.add('\n', row);
  }

  private inline(scanner: OdfScanner, row: number): void {
    switch (scanner.name) {
      case 'text:s': {
        this.spaces(scanner.attribute('text:c'), row);
        break;
      }
      case 'text:tab': {
        this.add('\t', row);
        break;
      }
      case 'text:line-break': {
        this.add('\n', row);
        break;
      }
      default: {
        if (isLeftOut(scanner.name)) scanner.skipElement();
      }
    }
  }

  private spaces(count: string | undefined, row: number): void {
    const spaces = count !== undefined && /^\d+$/.test(count) ? Number(count) : 1;
    if (this.text.length + spaces > this.limit) throw this.tooLong(row);
    this.text += ' '.repeat(spaces);
  }

  private add(text: string, row: number): void {
    this.text += text;
    if (this.text.length > this.limit) throw this.tooLong(row);
  }

  private tooLong(row: number): TabularError {
    return new TabularError('cell_too_long', { row, limit: this.limit });
  }
}

/** Fields, spans, links say what stands in them; shapes, forms, annotations and the like are no text of the cell. */
function isLeftOut(name: string): boolean {
  return LEFT_OUT.has(name) || /^(?:odf|office|table|style|meta):/.test(name);
}
