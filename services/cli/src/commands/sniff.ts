import { openTable, sniff as sniffTable } from '@muster/tabular';
import { parseArguments } from '../arguments.js';
import type { Command } from '../command.js';
import { fileArgument } from './file-argument.js';
import { limitsFor } from './limits.js';

export const sniff: Command = {
  summary: 'prints what Muster takes a file for: sheet, header, columns and their types',
  help: `muster sniff FILE [--sheet NAME] [--no-limits]

Prints what the first rows say about a file, as JSON.

  --sheet NAME    the sheet of a workbook; else the first that is not hidden and has data
  --no-limits     also what is too large for an import`,

  async run(args, { output }) {
    const { values, positionals } = parseArguments(args, {
      sheet: { type: 'string' },
      'no-limits': { type: 'boolean' },
    });
    const table = await openTable(fileArgument(positionals), { limits: limitsFor(values['no-limits']) });
    try {
      await output.write(`${JSON.stringify(await sniffTable(table, { sheet: values.sheet }), undefined, 2)}\n`);
    } finally {
      await table.close();
    }
  },
};
