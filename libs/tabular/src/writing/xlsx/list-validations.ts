import type ExcelJS from 'exceljs';
import { columnName } from '../column-name.js';
import { checkLists, isInlineList } from '../lists.js';
import type { OutputColumn } from '../output-cell.js';
import { SHEET_ROWS } from '../row-order.js';
import { CELL_LENGTH } from './sheet-rows.js';
import { validateRange } from './streaming-workbook.js';
import { escapeString, hasKeptBlanks } from './string-text.js';

/** Lets people enter only what the columns list: short lists stand in the validation, others on a hidden sheet. */
export class ListValidations {
  private readonly inSheet: (readonly string[])[] = [];

  constructor(
    private readonly columns: readonly OutputColumn[],
    private readonly listSheetName: string,
  ) {
    checkLists(columns, (text) => text.length <= CELL_LENGTH);
  }

  addTo(sheet: ExcelJS.Worksheet): void {
    for (const [column, { list }] of this.columns.entries()) {
      if (!list || list.length === 0) continue;
      const formula = isInlineList(list) ? `"${list.join(',')}"` : this.rangeOf(list);
      const letters = columnName(column);
      validateRange(sheet, `${letters}2:${letters}${SHEET_ROWS}`, {
        type: 'list',
        allowBlank: true,
        showErrorMessage: true,
        formulae: [formula],
      });
    }
  }

  get needsSheet(): boolean {
    return this.inSheet.length > 0;
  }

  /** One column for each list. */
  fill(sheet: ExcelJS.Worksheet): void {
    const rows = Math.max(...this.inSheet.map(({ length }) => length));
    for (let row = 0; row < rows; row++) {
      sheet.addRow(this.inSheet.map((list) => plainCell(list[row]))).commit();
    }
  }

  private rangeOf(list: readonly string[]): string {
    const letters = columnName(this.inSheet.push(list) - 1);
    return `'${this.listSheetName.replaceAll("'", "''")}'!$${letters}$1:$${letters}$${list.length}`;
  }
}

/** As the content of a cell of exceljs, blanks kept. */
export function plainCell(text: string | undefined): ExcelJS.CellValue {
  if (!text) return null;
  const escaped = escapeString(text);
  return hasKeptBlanks(text) ? { richText: [{ text: escaped }] } : escaped;
}
