import type { SheetInfo } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { OdfScanner } from './odf-scanner.js';
import { AROUND_SHEETS, isCacheOfOtherFile } from './sheet-structure.js';

/** Elements that hold the styles of sheets, one in the other. */
const AROUND_STYLES: ReadonlySet<string> = new Set(['office:automatic-styles', 'style:style']);

/** What kind of document it is, by what its body holds. */
const OTHER_DOCUMENTS: ReadonlyMap<string, string> = new Map([
  ['office:text', 'ODT'],
  ['office:presentation', 'ODP'],
  ['office:drawing', 'ODG'],
  ['office:chart', 'ODC'],
  ['office:image', 'ODI'],
  ['office:database', 'ODB'],
]);

/** More than any program makes, few enough to keep. */
const SHEETS = 20_000;
const HIDING_STYLES = 100_000;

/** Finds the sheets in the bytes of `content.xml`, cut anywhere. */
export class SheetList {
  readonly sheets: SheetInfo[] = [];
  private readonly scanner = new OdfScanner();
  private readonly hiding = new Set<string>();
  private style = '';
  private isSpreadsheet = false;

  /** @throws TabularError unsupported_format, file_unreadable, doctype_forbidden, wrong_encoding */
  push(bytes: Uint8Array, last: boolean): void {
    const { scanner } = this;
    scanner.push(bytes, last);
    while (scanner.next()) if (scanner.isOpen) this.open(scanner);
    if (last && !this.isSpreadsheet) {
      throw new TabularError('file_unreadable', { format: 'ODS', reason: 'it holds no spreadsheet' });
    }
  }

  private open(scanner: OdfScanner): void {
    const { name } = scanner;
    if (AROUND_SHEETS.has(name)) {
      if (name === 'office:spreadsheet') this.isSpreadsheet = true;
      return;
    }
    const format = OTHER_DOCUMENTS.get(name);
    if (format !== undefined) throw new TabularError('unsupported_format', { format });
    if (AROUND_STYLES.has(name)) {
      this.style = scanner.attribute('style:name') ?? '';
      return;
    }
    if (name === 'style:table-properties' && scanner.attribute('table:display') === 'false') {
      if (this.hiding.size >= HIDING_STYLES) throw tooMany('styles of hidden sheets');
      this.hiding.add(this.style);
    }
    if (name === 'table:table') this.add(scanner);
    scanner.skipElement();
  }

  private add(scanner: OdfScanner): void {
    const name = scanner.attribute('table:name') ?? `Sheet${this.sheets.length + 1}`;
    if (isCacheOfOtherFile(name)) return;
    if (this.sheets.length >= SHEETS) throw tooMany('sheets');
    this.sheets.push({ name, hidden: this.hiding.has(scanner.attribute('table:style-name') ?? '') });
  }
}

function tooMany(what: string): TabularError {
  return new TabularError('file_unreadable', { format: 'ODS', reason: `too many ${what}` });
}
