import ExcelJS from 'exceljs';
import { measure } from './reading.js';

await measure(async (file) => {
  const counts = { rows: 0, cells: 0 };
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, {
    ...{ worksheets: 'emit', sharedStrings: 'cache', styles: 'cache', hyperlinks: 'ignore', entries: 'emit' },
  });
  for await (const sheet of reader) {
    for await (const row of sheet) {
      counts.rows++;
      for (const value of row.values as unknown[]) if (value !== undefined && value !== null) counts.cells++;
    }
  }
  return counts;
});
