import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountLedger } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { PATIENT } from '@muster/testing';
import type { ImportRowPage } from '../results/row.dto.js';
import { startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

/** More than the chunks that are rewritten at a time, when rows are duplicates and when the sums refuse some. */
const ROWS = 11_000;
/** Every so manieth row has the e-mail of the one before. */
const DUPLICATE = 250;
/** Licences are left for the first of the others. */
const LICENCES = 300;

let imports: ImportService;
let owners: Owners;

beforeAll(async () => {
  imports = await startImportService();
  owners = await playOwners(imports.service);
  owners.decide = () => ({ outcome: 'created', effects: { licences: 1 } });
  const guard = { percent: 20, count: 500 };
  imports.service.answer(accountLedger, () => ({
    ...{ licences: LICENCES, inUse: 0, administrators: 1, active: 1, guard },
  }));
});
afterAll(async () => {
  await owners?.stop();
  await imports?.stop();
});

it('refuses rows of however many chunks, for what they share and for what they ask for together', PATIENT, async () => {
  const person = (n: number) => (n % DUPLICATE === 0 ? n - 1 : n);
  const mails = Array.from({ length: ROWS }, (_, i) => `person${person(i + 1)}@example.com`);
  const planned = await imports.importFile(
    ['Email', ...mails].join('\n'),
    {
      ...{ formatVersion: 1, entity: 'user', mode: 'upsert' },
      mappings: [{ SourceFieldID: 'Email', TargetFieldID: 'email', UpdateBehavior: 2 }],
    },
    'plan',
  );
  const chunks = await imports.service.app
    .get(UnitOfWork)
    .runAsWorker((manager) =>
      manager.query<unknown[]>('select 1 from import_chunk where import_id = $1', [planned.id]),
    );
  expect(chunks.length).toBeGreaterThan(20);
  expect(planned).toMatchObject({
    state: 'planned',
    problem: null,
    plan: { read: ROWS, created: LICENCES, invalid: ROWS - LICENCES, unprocessed: 0 },
  });
  const listed = async (code: string) => {
    const rows: number[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query: string = `code=${code}&limit=5000${cursor && `&cursor=${cursor}`}`;
      const page: ImportRowPage = await imports.ask<ImportRowPage>('GET', `/imports/${planned.id}/rows?${query}`);
      rows.push(...page.items.map(({ row }) => row));
      cursor = page.nextCursor;
    }
    return rows;
  };
  // The first row of data is row 2.
  const numbers = mails.map((_, i) => i + 1);
  const twins = numbers.filter((n) => n % DUPLICATE === 0 || (n + 1) % DUPLICATE === 0);
  const others = numbers.filter((n) => !twins.includes(n));
  expect(await listed('duplicate_in_file')).toEqual(twins.map((n) => n + 1));
  expect(await listed('licence_exceeded')).toEqual(others.slice(LICENCES).map((n) => n + 1));
});
