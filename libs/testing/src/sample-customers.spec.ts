import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CUSTOMER, compileMapping, parseConfiguration } from '@muster/import-model';
import { formatCsvRow } from '@muster/tabular';
import { customerHeader, customerMapping, customerRows } from './sample-customers.js';

const SAMPLES = join(import.meta.dirname, '../../../samples');

describe('sample customers', () => {
  it('are the same for the same seed', () => {
    const make = (seed: number) => [...customerRows({ rows: 50, reps: 3, seed })];
    expect(make(5)).toEqual(make(5));
    expect(make(5)).not.toEqual(make(6));
  });

  it('have cells for every column, unique ids, and 007', () => {
    const rows = [...customerRows({ rows: 3_000, reps: 7 })];
    expect(new Set(rows.map((cells) => cells.length))).toEqual(new Set([20]));
    expect(new Set(rows.map((cells) => cells[1])).size).toBe(3_000);
    expect(rows[6]?.slice(0, 2)).toEqual(['rep07@example.com', '007']);
  });

  it('are all valid under their configuration', () => {
    const header = customerHeader();
    const parsed = parseConfiguration(customerMapping(), header);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const { columns } = compileMapping(parsed.configuration, header, CUSTOMER);
    for (const cells of customerRows({ rows: 2_000, reps: 7 })) {
      for (const { index, field, parse } of columns) {
        const text = cells[index ?? -1] ?? '';
        expect(parse(text), `${field}: ${text}`).toMatchObject({ ok: true });
      }
    }
  });

  it('can be narrower, with a configuration to match', () => {
    expect([...customerRows({ rows: 1, reps: 1, columns: 3 })][0]).toHaveLength(3);
    expect(parseConfiguration(customerMapping(3), customerHeader(3))).toMatchObject({ ok: true });
  });

  it('are what stands in samples/', () => {
    const rows = [customerHeader(), ...customerRows({ rows: 10_000, reps: 25, seed: 2026 })];
    const text = rows.map((cells) => formatCsvRow(cells, { delimiter: ';', guardFormulas: false })).join('');
    expect(readFileSync(join(SAMPLES, 'customers-10000.csv'), 'utf8') === text).toBe(true);
    expect(JSON.parse(readFileSync(join(SAMPLES, 'customers.importcfg'), 'utf8'))).toEqual(customerMapping());
  });
});
