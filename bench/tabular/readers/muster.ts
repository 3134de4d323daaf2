import { NO_LIMITS, openTable } from '@muster/tabular';
import { measure } from './reading.js';

await measure(async (file) => {
  const counts = { rows: 0, cells: 0 };
  const table = await openTable(file, { limits: NO_LIMITS });
  for await (const batch of table.read()) {
    for (const { cells } of batch.rows) {
      counts.rows++;
      for (const cell of cells) if (cell !== '') counts.cells++;
    }
  }
  await table.close();
  return counts;
});
