import { expect, it } from 'vitest';
import { parseConfiguration } from '../configuration/parse-configuration.js';
import { CUSTOMER } from '../schema/customer.js';
import { suggestedConfiguration } from './suggested-configuration.js';
import { suggestMapping } from './suggest-mapping.js';

it.each([
  ['longer than a document may name', 'Kontakt '.repeat(200)],
  ['blank', ' '],
  ['that two columns have', 'Rep'],
])('names a column by its number where its header is %s', (_, header) => {
  const columns = [
    { header: 'Name', cells: ['Adler'] },
    { header, cells: ['office@adler.example'] },
    { header: 'Rep', cells: ['anna@example.com'] },
  ];
  const suggested = suggestMapping({ columns, schema: CUSTOMER, language: 'en', earlier: [], assigned: 2 });
  const assignment = { column: 2, header: 'Rep', by: 'email', confidence: 1, values: 1, found: 1 } as const;
  const configuration = suggestedConfiguration(CUSTOMER, suggested, assignment, {});
  expect(configuration.mappings.find(({ TargetFieldID }) => TargetFieldID === 'email')?.SourceFieldID).toBe('#2');
  const headers = columns.map((column) => column.header);
  const document = {
    ...configuration,
    mappings: configuration.mappings.filter(({ UpdateBehavior }) => UpdateBehavior !== 2),
  };
  expect(parseConfiguration({ ...document, mode: 'create' }, headers)).toMatchObject({ ok: true });
});

it('names the column of reps by its number too', () => {
  const header = 'r'.repeat(1_001);
  const assignment = { column: 0, header, by: 'email', confidence: 1, values: 1, found: 1 } as const;
  const [column] = suggestMapping({ columns: [{ header, cells: [] }], schema: CUSTOMER, language: 'en', earlier: [] });
  const { userMapping } = suggestedConfiguration(CUSTOMER, column ? [column] : [], assignment, {});
  expect(userMapping).toEqual({ by: 'email', SourceFieldID: '#1' });
});
