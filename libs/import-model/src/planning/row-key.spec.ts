import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue, ImportMode } from '../schema/field-schema.js';
import { columns } from '../test-support/plan-customer.js';
import { planSettings } from './plan-settings.js';
import { rowKey } from './row-key.js';

describe('rowKey', () => {
  it.each<[ImportMode, string, CellValue[], unknown]>([
    ['upsert', 'name1, externalId: key', ['x', 'K1'], { kind: 'key', values: ['K1'] }],
    ['upsert', 'city: key, name1: key', ['Wien', 'x'], { kind: 'key', values: ['Wien', 'x'] }],
    ['upsert', 'id: key', [null], { kind: 'new' }],
    ['update', 'id: key', [null], { kind: 'empty', field: 'id' }],
    ['upsert', 'id: key, externalId: key', [null, 'K1'], { kind: 'new' }],
    ['upsert', 'id: key, externalId: key', [null, null], { kind: 'empty', field: 'externalId' }],
    ['upsert', 'externalId: key, id: key', [null, null], { kind: 'empty', field: 'externalId' }],
    ['create', 'name1', ['x'], { kind: 'new' }],
  ])('%s %s %j', (mode, layout, row, expected) => {
    expect(rowKey(row, planSettings(CUSTOMER, { mode, columns: columns(layout) }))).toEqual(expected);
  });
});
