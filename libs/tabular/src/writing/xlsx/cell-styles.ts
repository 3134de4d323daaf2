import type ExcelJS from 'exceljs';
import { FILL_COLOURS, FILLS, FORMATS, type CellFormat } from '../cell-formats.js';
import type { CellFill } from '../output-cell.js';
import type { StyleNumbers } from './sheet-rows.js';
import type { StreamingWorkbook } from './streaming-workbook.js';

/** Asks exceljs once for each of the few styles that there are. */
export function styleNumbers(workbook: StreamingWorkbook, language: 'de' | 'en'): StyleNumbers {
  const numbers = new Map<CellFormat, Map<CellFill | undefined, number>>();
  for (const format of FORMATS) {
    const byFill = new Map<CellFill | undefined, number>();
    for (const fill of [undefined, ...FILLS]) {
      byFill.set(fill, workbook.styles.addStyleModel(styleOf(format, fill, language)));
    }
    numbers.set(format, byFill);
  }
  return (format, fill) => numbers.get(format)?.get(fill) ?? 0;
}

export function styleOf(format: CellFormat, fill: CellFill | undefined, language: 'de' | 'en'): Partial<ExcelJS.Style> {
  return {
    ...(format === 'general' || format === 'boolean' ? {} : { numFmt: numberFormats(language)[format] }),
    ...(fill && { fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${FILL_COLOURS[fill]}` } } }),
  };
}

function numberFormats(language: 'de' | 'en'): Record<Exclude<CellFormat, 'general' | 'boolean'>, string> {
  const date = language === 'de' ? 'dd.mm.yyyy' : 'yyyy-mm-dd';
  return {
    text: '@',
    date,
    dateTime: `${date} hh:mm:ss`,
    time: 'hh:mm:ss',
    duration: '[hh]:mm:ss',
    percent: '0.00%',
  };
}
