import { expect, it } from 'vitest';
import type { OutputCell } from '@muster/tabular';
import { accountField, type AccountField } from '../users/account-fields.js';
import { exportCell, exportColumn, type FieldValue, type Target } from './export-cells.js';

const XLSX: Target = { format: 'xlsx', language: 'de' };
const GROUPS = new Map([
  ['g1', 'Nord'],
  ['g2', 'Süd'],
]);

function field(id: string): AccountField {
  const found = accountField(id);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}

it.each<[string, FieldValue, OutputCell]>([
  ['employeeNumber', '007', '007'],
  ['mobile', '+43 664 1', '+43 664 1'],
  ['authorizationLevel', 2, 2],
  ['home.latitude', 47.07, 47.07],
  ['hasOwnSchedule', true, 'ja'],
  ['loginEnabled', false, 'nein'],
  ['dateOfBirth', '1980-05-17', { text: '1980-05-17', kind: 'date' }],
  ['workingHours.sat.from', 'closed', 'closed'],
  ['workingHours.mon.from', '08:30', '08:30'],
  ['userGroups', ['g2', 'gone', 'g1'], 'Süd;Nord'],
  ['roles', ['a', 'b'], 'a;b'],
  ['roles', [], ''],
  ['note', 'a\u0001b', 'a\u0001b'],
  ['note', null, null],
])('%s: %j is the cell %j', (id, value, cell) => {
  expect(exportCell(field(id), value, XLSX, GROUPS)).toEqual(cell);
});

it('of an ODS file replaces what its XML cannot hold', () => {
  expect(exportCell(field('note'), 'a\u0001b\n😀', { ...XLSX, format: 'ods' }, GROUPS)).toBe('a\uFFFDb\n😀');
});

it.each([
  ['dateOfBirth', { header: 'Geburtsdatum', kind: 'date' }],
  ['authorizationLevel', { header: 'Berechtigungsstufe', kind: 'number' }],
  ['drivingSpeed.city', { header: 'Fahrgeschwindigkeit, Stadt', kind: 'number' }],
  ['uprn', { header: 'UPRN', kind: 'text' }],
])('the column of %s is %j', (id, column) => {
  expect(exportColumn(field(id), XLSX)).toEqual(column);
});
