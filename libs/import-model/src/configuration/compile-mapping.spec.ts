import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import { compileMapping, type CompiledMapping } from './compile-mapping.js';
import { orderOptions } from './order-options.js';
import { parseConfiguration } from './parse-configuration.js';

const HEADER = ['Rep', 'No', 'Name', 'Since', 'constructor'];

function compile(mappings: object[], more: object = {}): CompiledMapping {
  const userMapping = { by: 'email', SourceFieldID: 'Rep' };
  const json = { formatVersion: 1, entity: 'customer', mode: 'upsert', mappings, userMapping, ...more };
  const parsed = parseConfiguration(json, HEADER);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return compileMapping(parsed.configuration, HEADER, CUSTOMER, { timeZone: 'Europe/Vienna' });
}

const ANY = { errorPolicy: 'validOnly', unknownReps: 'refuse', validateOnly: false } as const;
const key = { SourceFieldID: 'No', TargetFieldID: 'externalId' };
const name = { SourceFieldID: '#3', TargetFieldID: 'name1', UpdateBehavior: 1, emptyCell: 'clear' };

describe('compileMapping', () => {
  it('finds columns, keeps constants, knows the rep', () => {
    const mapping = compile([key, name, { constant: 'A', TargetFieldID: 'category' }]);
    expect(mapping.columns).toMatchObject([
      { index: 1, header: 'No', field: 'externalId', behaviour: 'key', emptyCell: 'keep' },
      { index: 2, header: 'Name', field: 'name1', behaviour: 'keep', emptyCell: 'clear' },
      { constant: 'A', field: 'category', behaviour: 'overwrite' },
    ]);
    expect(mapping).toMatchObject({
      mode: 'upsert',
      keys: ['externalId'],
      rep: { index: 0, header: 'Rep' },
    });
  });

  it('can name one rep for the whole file', () => {
    const { rep } = compile([key, name], { userMapping: { by: 'employeeNumber', constant: 7 } });
    expect(rep).toEqual({ constant: '7' });
  });

  it('reads as the source says', () => {
    const since = { SourceFieldID: 'Since', TargetFieldID: 'lastCall' };
    const { columns } = compile([key, since], { source: { dateFormat: 'M/d/yyyy' } });
    expect(columns[1]?.parse('3/4/2026')).toEqual({ ok: true, value: '2026-03-04T00:00:00' });
    expect(columns[1]?.parse('2026-03-04T23:30:00Z')).toEqual({ ok: true, value: '2026-03-05T00:30:00' });
  });

  it('reads as the mapping says', () => {
    const valueMap = { constructor: 'B', '-': '' };
    const column = { SourceFieldID: 'constructor', TargetFieldID: 'category', trim: true, valueMap };
    const parse = compile([key, column]).columns[1]?.parse;
    expect([' a ', 'constructor', '-', 'toString'].map((text) => parse?.(text))).toEqual(
      ['a', 'B', null, 'toString'].map((value) => ({ ok: true, value })),
    );
  });

  it.each<[string, object[], string[], string[]]>([
    ['the preset key', [key, name], ['externalId'], ['externalId']],
    ['the id before it', [key, { SourceFieldID: '#4', TargetFieldID: 'id' }], ['id'], ['id', 'externalId']],
    ['a key that is not unique by nature', [{ ...name, UpdateBehavior: 2 }], ['name1'], ['key']],
    ['one beside a unique field', [{ ...name, UpdateBehavior: 2 }, key], ['name1'], ['externalId', 'key']],
    ['one together with a unique field', [{ ...name, UpdateBehavior: 2 }, { ...key, UpdateBehavior: 2 }], ['name1', 'externalId'], ['externalId']],
  ])('%s: what no two rows may share', (_name, mappings, keys, unique) => {
    const mapping = compile(mappings);
    expect(mapping.keys).toEqual(keys);
    expect(mapping.unique.map((rule) => rule.name)).toEqual(unique);
  }); // prettier-ignore

  it.each<[string, boolean, boolean]>([
    ['none', true, true],
    ['copy', true, true],
    ['move', false, false],
  ])('with transferMode %s a key may stand once for each rep: %s', (transferMode, keyPerRep, otherPerRep) => {
    const { unique, options } = compile([{ ...name, UpdateBehavior: 2 }, key], { options: { transferMode } });
    expect(unique).toMatchObject([
      { name: 'externalId', perRep: otherPerRep },
      { name: 'key', perRep: keyPerRep },
    ]);
    expect(options).toEqual(transferMode === 'none' ? {} : { transferMode });
  });

  it('says in work orders what the owner may do', () => {
    expect(compile([key, name]).options).toEqual({});
    expect(compile([key, name], { options: { transferMode: 'move' } }).options).toEqual({ transferMode: 'move' });
    expect(orderOptions({ ...ANY, updateLastCalls: true })).toEqual({ updateLastCalls: true });
    expect(orderOptions({ ...ANY, updateLastCalls: false })).toEqual({});
  });

  it('does not take a header that lacks a column', () => {
    const parsed = parseConfiguration(
      {
        formatVersion: 1,
        entity: 'customer',
        mode: 'upsert',
        mappings: [key],
        userMapping: { by: 'email', constant: 'x' },
      },
      HEADER,
    );
    if (!parsed.ok) throw new Error('not accepted');
    expect(() => compileMapping(parsed.configuration, ['Other'], CUSTOMER)).toThrow('unknown_column: "No"');
  });
});
