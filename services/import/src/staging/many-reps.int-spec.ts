import { afterAll, beforeAll, expect, it } from 'vitest';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';

let imports: ImportService;
beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

it('stages a file of as many reps as an import may have, each with a row', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => `${i},Name ${i},rep${i}@example.com`);
  const job = await imports.importFile(['Id,Name,Rep', ...rows].join('\n'), customersConfiguration());
  expect(job).toMatchObject({ state: 'staged', problem: null, counters: { read: 5_000, unprocessed: 5_000 } });
});
