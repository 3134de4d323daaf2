import { formatCsvRow, openTable, TabularError, type SheetBatch, type SheetRow } from '@muster/tabular';
import { parseArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';
import { fileArgument } from './file-argument.js';
import { limitsFor } from './limits.js';

const FORMATS: Readonly<Record<string, (row: SheetRow) => string>> = {
  jsonl: ({ row, cells }) => `${JSON.stringify({ row, values: cells })}\n`,
  csv: ({ cells }) => formatCsvRow(cells, { delimiter: ',' }),
};

export const read: Command = {
  summary: 'prints the rows of a file as Muster reads them',
  help: `muster read FILE [--sheet NAME] [--format jsonl|csv] [--no-limits]

Prints every row that holds a value, as an import would get it; nothing is taken for a header.

  --sheet NAME    the sheet of a workbook; else the first that is not hidden
  --format jsonl  one line per row: {"row": 1, "values": ["..."]} (preset)
  --format csv    the values alone, with commas
  --no-limits     also what is too large for an import`,

  async run(args, { output, signal }) {
    const { values, positionals } = parseArguments(args, {
      sheet: { type: 'string' },
      format: { type: 'string', default: 'jsonl' },
      'no-limits': { type: 'boolean' },
    });
    const file = fileArgument(positionals);
    const format = Object.hasOwn(FORMATS, values.format) ? FORMATS[values.format] : undefined;
    if (!format) throw new UsageError(`--format is one of ${Object.keys(FORMATS).join(', ')}, not "${values.format}".`);
    const limits = limitsFor(values['no-limits']);
    const table = await openTable(file, { limits });
    try {
      for await (const rows of withinLimit(table.read({ sheet: values.sheet, signal }), limits.rows)) {
        await output.write(rows.map(format).join(''));
      }
    } finally {
      await table.close();
    }
  },
};

/** An import counts data rows. Here nothing is known to be a header, so that one row more may pass. */
async function* withinLimit(batches: AsyncIterable<SheetBatch>, limit: number): AsyncGenerator<SheetRow[]> {
  let dataRows = -1;
  for await (const { rows } of batches) {
    dataRows += rows.length;
    if (dataRows > limit) throw new TabularError('too_many_rows', { limit, rows: dataRows });
    yield rows;
  }
}
