import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatCsvRow } from '@muster/tabular';
import { customerHeader, customerMapping, customerRows } from '../libs/testing/src/sample-customers.js';

// Writes the sample files into the folder `samples` of the working directory.
const folder = join(process.cwd(), 'samples');
const rows = [customerHeader(), ...customerRows({ rows: 10_000, reps: 25, seed: 2026 })];
writeFileSync(
  join(folder, 'customers-10000.csv'),
  rows.map((cells) => formatCsvRow(cells, { delimiter: ';', guardFormulas: false })).join(''),
);
writeFileSync(join(folder, 'customers.importcfg'), `${JSON.stringify(customerMapping(), null, 2)}\n`);
