import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter } from '@muster/tabular';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { ImportDto } from './import.dto.js';

const HEADERS = ['Id', 'Name', 'Rep'].map((header) => ({ header }));

describe('an import of a workbook', () => {
  let imports: ImportService;
  beforeAll(async () => {
    imports = await startImportService();
  });
  afterAll(() => imports?.stop());

  async function uploadWorkbook(): Promise<string> {
    const output = new PassThrough();
    const bytes = buffer(output);
    const further = [{ sheetName: 'Archiv', columns: HEADERS, rows: [['2', 'Ben', REP]] }];
    const options = { columns: HEADERS, sheetName: 'Kunden', language: 'de', further } as const;
    const writer = await createTableWriter('xlsx', output, options);
    await writer.write([['1', 'Ann', REP]]);
    await writer.end();
    const form = new FormData();
    form.set('file', new Blob([Uint8Array.from(await bytes)]), 'kunden.xlsx');
    return (await imports.ask<{ id: string }>('POST', '/uploads', form)).id;
  }

  it.each([
    ['as it was recognised', undefined, 'Archiv'],
    ['as the configuration says', { sheet: 'Archiv' }, 'Kunden'],
  ])('warns about sheets that it does not read, %s', async (_what, source, sheet) => {
    const uploadId = await uploadWorkbook();
    const configuration = customersConfiguration(source && { source });
    const headers = { 'accept-language': 'de' };
    const { warnings } = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configuration }, headers);
    const detail = `Die Datei hat weitere Tabellenblätter mit Daten, die dieser Import nicht liest: ${sheet}.`;
    expect(warnings).toEqual([{ code: 'other_sheets', detail }]);
  });
});
