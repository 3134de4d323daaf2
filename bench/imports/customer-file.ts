import { createWriteStream } from 'node:fs';
import { customerHeader, customerRows } from '@muster/testing';
import { createTableWriter, type TableFormat } from '@muster/tabular';

/** Writes customers of so many reps, with the columns that `customerMapping` knows. */
export async function writeCustomers(file: string, format: TableFormat, rows: number, reps: number): Promise<void> {
  const columns = customerHeader().map((header) => ({ header }));
  const writer = await createTableWriter(format, createWriteStream(file), { columns, language: 'de' });
  for (const row of customerRows({ rows, reps, seed: 1 })) await writer.write([row]);
  await writer.end();
}
