import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import { parseConfiguration } from './parse-configuration.js';

const HEADER = ['Rep', 'No', 'Name', 'Place', 'Name', ' Notes '];

function entry(SourceFieldID: string, TargetFieldID: string, more: object = {}): object {
  return { SourceFieldID, TargetFieldID, ...more };
}

const MINIMAL = {
  formatVersion: 1,
  entity: 'customer',
  mode: 'upsert',
  mappings: [entry('No', 'externalId'), entry('#3', 'name1')],
  userMapping: { by: 'email', SourceFieldID: 'Rep' },
};

/** The faults as `code pointer`, with the params behind those that have some. */
function faults(change: object | string, columns: string[] = HEADER): string[] {
  const json: unknown = typeof change === 'string' ? JSON.parse(change) : { ...MINIMAL, ...change };
  const result = parseConfiguration(json, columns);
  return result.ok ? [] : result.faults.map(({ code, pointer }) => `${code} ${pointer}`);
}

function paramsOf(change: object): unknown {
  const result = parseConfiguration({ ...MINIMAL, ...change }, HEADER);
  return result.ok ? undefined : result.faults[0]?.params;
}

describe('what is accepted', () => {
  it('fills every preset in', () => {
    const preset = { UpdateBehavior: 0, emptyCell: 'keep', trim: false };
    expect(parseConfiguration(MINIMAL, HEADER)).toEqual({
      ok: true,
      configuration: {
        ...MINIMAL,
        mappings: [entry('No', 'externalId', preset), entry('#3', 'name1', preset)],
        options: { errorPolicy: 'validOnly', unknownReps: 'refuse', validateOnly: false },
      },
    });
  });

  it('gives a document that is accepted again, unchanged, after a trip through JSON', () => {
    const full = {
      ...MINIMAL,
      source: { format: 'csv', headerRow: 2, encoding: 'windows-1252', delimiter: ';', quote: "'", language: 'de', dateFormat: 'dd.MM.yyyy', decimalSeparator: ',' },
      mappings: [
        entry('No', 'externalId', { UpdateBehavior: 2, emptyCell: 'clear', trim: true }),
        entry('#3', 'name1', { UpdateBehavior: 1, valueMap: { a: 'b', ['constructor']: 'c' } }),
        { constant: 28, TargetFieldID: 'callInterval' },
        { constant: false, TargetFieldID: 'doNotCall', emptyCell: 'default' },
      ],
      userMapping: { by: 'employeeNumber', constant: '007', include: ['007'], exclude: ['8'] },
      options: { errorPolicy: 'allOrNothing', maxErrors: 10, unknownReps: 'ignore', validateOnly: true },
    }; // prettier-ignore
    const first = parseConfiguration(full, HEADER);
    if (!first.ok) throw new Error(JSON.stringify(first.faults));
    expect(first.configuration.mappings[2]).toMatchObject({ constant: '28' });
    expect(parseConfiguration(JSON.parse(JSON.stringify(first.configuration)), HEADER)).toEqual(first);
  });

  it.each([
    ['create', 'create'],
    ['Insert', 'create'],
    ['update', 'update'],
    ['upsert', 'upsert'],
    ['UpdateOrInsert', 'upsert'],
  ])('mode %s is %s', (mode, meant) => {
    expect(parseConfiguration({ ...MINIMAL, mode })).toMatchObject({ configuration: { mode: meant } });
  });

  it.each<[string, object[]]>([
    [
      'a key that is not unique',
      [entry('No', 'name1', { UpdateBehavior: 2 }), entry('Place', 'city', { UpdateBehavior: 2 })],
    ],
    ['the id, a key by itself', [entry('No', 'id'), entry('#3', 'name1')]],
    ['one column for several fields', [entry('No', 'externalId'), entry('No', 'name1'), entry('No', 'notes')]],
    ['a header with white space around it', [entry('No', 'externalId'), entry('Notes', 'notes')]],
  ])('%s', (_name, mappings) => {
    expect(faults({ mappings })).toEqual([]);
  });

  it('no key in an import that only creates', () => {
    expect(faults({ mode: 'create', mappings: [entry('#3', 'name1')] })).toEqual([]);
  });

  it('columns without a look at them when the file is not known', () => {
    const mappings = [entry('Anything', 'externalId'), entry('#99', 'name1')];
    expect(parseConfiguration({ ...MINIMAL, mappings })).toMatchObject({ ok: true });
  });

  it('headers and values with the names of what every object has', () => {
    const text = `{"formatVersion":1,"entity":"customer","mode":"upsert",
      "mappings":[{"SourceFieldID":"__proto__","TargetFieldID":"externalId","valueMap":{"__proto__":"A","constructor":"B"}},
                  {"SourceFieldID":"constructor","TargetFieldID":"name1"}],
      "userMapping":{"by":"email","SourceFieldID":"toString"}}`;
    const result = parseConfiguration(JSON.parse(text), ['__proto__', 'constructor', 'toString']);
    if (!result.ok) throw new Error(JSON.stringify(result.faults));
    const { valueMap } = result.configuration.mappings[0] ?? {};
    expect(Object.entries(valueMap ?? {})).toEqual([
      ['__proto__', 'A'],
      ['constructor', 'B'],
    ]);
    expect(JSON.stringify(result.configuration)).toContain('"valueMap":{"__proto__":"A","constructor":"B"}');
    expect(faults(text, ['hasOwnProperty'])).toEqual([
      'unknown_column /mappings/0/SourceFieldID',
      'unknown_column /mappings/1/SourceFieldID',
      'unknown_column /userMapping/SourceFieldID',
    ]);
  });
});

describe('what is refused', () => {
  const key = entry('No', 'externalId');
  it.each<[string, object, string[]]>([
    ['unknown properties', { profile: 'x', sheet: 1 }, ['unknown_property /profile', 'unknown_property /sheet']],
    ['those of a source', { source: { tab: 'A', firstRow: 3 } }, ['unknown_property /source/tab', 'unknown_property /source/firstRow']],
    ['those of a mapping', { mappings: [{ ...key, SourceField: 'x' }] }, ['unknown_property /mappings/0/SourceField']],
    ['those of the assignment', { userMapping: { by: 'email', SourceFieldID: 'Rep', 'a/b~c': 1 } }, ['unknown_property /userMapping/a~1b~0c']],
    ['options that there are not', { options: { transferMod: 'copy' } }, ['unknown_property /options/transferMod']],
    ['a transfer that there is not', { options: { transferMode: 'steal' } }, ['not_allowed /options/transferMode']],
    ['an unknown entity', { entity: 'constructor' }, ['unknown_entity /entity']],
    ['an unknown target', { mappings: [key, entry('#3', 'name9')] }, ['unknown_target /mappings/1/TargetFieldID']],
    ['one with the name of what every object has', { mappings: [key, entry('#3', '__proto__')] }, ['unknown_target /mappings/1/TargetFieldID']],
    ['an unknown column', { mappings: [entry('Nr', 'externalId')] }, ['unknown_column /mappings/0/SourceFieldID']],
    ['a number beyond the last column', { mappings: [entry('#7', 'externalId')] }, ['unknown_column /mappings/0/SourceFieldID']],
    ['number 0', { mappings: [entry('#0', 'externalId')] }, ['unknown_column /mappings/0/SourceFieldID']],
    ['a column that stands twice', { mappings: [key, entry('Name', 'name1')] }, ['ambiguous_column /mappings/1/SourceFieldID']],
    ['a target mapped twice', { mappings: [key, entry('#3', 'name1'), entry('#5', 'name1')] }, ['duplicate_target /mappings/2/TargetFieldID']],
    ['the id beside another key', { mappings: [{ ...key, UpdateBehavior: 2 }, entry('#3', 'id')] }, ['read_only_target /mappings/1/TargetFieldID']],
    ['a key that cannot be one', { mappings: [entry('No', 'notes', { UpdateBehavior: 2 })] }, ['unusable_key /mappings/0/UpdateBehavior']],
    ['no key', { mappings: [entry('#3', 'name1')] }, ['key_missing /mappings']],
    ['no key to update by', { mode: 'update', mappings: [entry('#3', 'name1')] }, ['key_missing /mappings']],
    ['no assignment', { userMapping: undefined }, ['user_mapping_missing /userMapping']],
    ['an assignment by nothing', { userMapping: { by: 'email' } }, ['user_mapping_missing /userMapping']],
    ['an assignment to nobody', { userMapping: { by: 'email', constant: ' ' } }, ['user_mapping_missing /userMapping']],
    ['an unknown rep column', { userMapping: { by: 'email', SourceFieldID: 'Vertreter' } }, ['unknown_column /userMapping/SourceFieldID']],
    ['two sources', { mappings: [{ ...key, constant: 'x' }] }, ['invalid_value /mappings/0/constant']],
    ['no source', { mappings: [key, { TargetFieldID: 'name1' }] }, ['required /mappings/1/SourceFieldID']],
    ['a bad constant', { mappings: [key, { constant: 'often', TargetFieldID: 'callInterval' }] }, ['invalid_value /mappings/1/constant']],
    ['a long constant', { mappings: [key, { constant: 'x'.repeat(51), TargetFieldID: 'category' }] }, ['too_long /mappings/1/constant']],
    ['wrong types', { mode: 1, mappings: {} }, ['not_allowed /mode', 'wrong_type /mappings']],
    ['values of another time', { formatVersion: 2, mode: 'merge' }, ['not_allowed /formatVersion', 'not_allowed /mode']],
    ['a behaviour that is none', { mappings: [{ ...key, UpdateBehavior: 3 }] }, ['not_allowed /mappings/0/UpdateBehavior']],
    ['a value map of numbers', { mappings: [{ ...key, valueMap: { a: 1 } }] }, ['invalid_value /mappings/0/valueMap']],
    ['a date pattern without a year', { source: { dateFormat: 'dd.MM.' } }, ['invalid_format /source/dateFormat']],
    ['no mapping at all', { mappings: [] }, ['too_few /mappings']],
    ['a share that is none', { options: { maxErrors: '5 pieces' } }, ['invalid_format /options/maxErrors']],
    ['no number of errors', { options: { maxErrors: true } }, ['invalid_value /options/maxErrors']],
    ['fewer than no errors', { options: { maxErrors: -1 } }, ['too_small /options/maxErrors']],
  ])('%s', (_name, change, expected) => {
    expect(faults(change)).toEqual(expected);
  }); // prettier-ignore

  it('more than eight keys', () => {
    const keys = CUSTOMER.fields.filter(({ usableAsKey, readOnly }) => usableAsKey && !readOnly).slice(0, 9);
    const mappings = keys.map(({ id }) => entry('No', id, { UpdateBehavior: 2 }));
    expect(faults({ mappings })).toEqual(['too_many_keys /mappings']);
    expect(faults({ mappings: mappings.slice(0, 8) })).toEqual([]);
  });

  it.each([null, 5, 'text', [], [1], true])('%j, which is no document', (json) => {
    expect(parseConfiguration(json)).toMatchObject({ ok: false });
  });

  it('a property that every object has', () => {
    expect(faults(JSON.stringify(MINIMAL).replace('{', '{"__proto__":{"x":1},"constructor":1,'))).toEqual([
      'unknown_property /__proto__',
      'unknown_property /constructor',
    ]);
  });

  it('everything at once', () => {
    const change = { optionen: 1, mappings: [entry('X', 'externalId'), entry('#3', 'nam1')], userMapping: undefined };
    expect(faults(change)).toEqual([
      'unknown_property /optionen',
      'unknown_column /mappings/0/SourceFieldID',
      'unknown_target /mappings/1/TargetFieldID',
      'user_mapping_missing /userMapping',
    ]);
  });
});

describe('names that may have been meant', () => {
  it.each<[object, unknown]>([
    [{ mapings: [] }, { name: 'mapings', near: 'yes', nearest: 'mappings' }],
    [{ xyz: 1 }, { name: 'xyz' }],
    [
      { mappings: [entry('No', 'external_id')] },
      { entity: 'customer', name: 'external_id', near: 'yes', nearest: 'externalId' },
    ],
    [{ mappings: [entry('place', 'externalId')] }, { name: 'place', near: 'yes', nearest: 'Place' }],
    [{ mappings: [entry('Vertriebsgebiet', 'externalId')] }, { name: 'Vertriebsgebiet' }],
  ])('%j', (change, params) => {
    expect(paramsOf(change)).toEqual(params);
  });

  it('are looked for among thousands of columns for the first 50, so that nobody else waits', () => {
    const columns = Array.from({ length: 2_000 }, (_, i) => `${i} Kundenspalte ${i}`.padEnd(95, 'abcdef'));
    const mappings = columns.slice(0, 500).map((name, i) => entry(name.replace('Kunden', 'Kontakt'), `field${i}`));
    const result = parseConfiguration({ ...MINIMAL, mappings }, columns);
    const missing = result.ok
      ? []
      : result.faults.filter(({ pointer }) => pointer.endsWith('/SourceFieldID') && pointer.startsWith('/mappings'));
    expect(missing).toHaveLength(500);
    expect(missing.filter(({ params }) => params?.['near'] === 'yes')).toHaveLength(50);
  });
});

it('never throws, whatever the document', () => {
  const part = fc.oneof(fc.json().map((text): unknown => JSON.parse(text)), fc.constantFrom<unknown>(...Object.values(MINIMAL)));
  const document = fc.dictionary(fc.constantFrom(...Object.keys(MINIMAL), 'source', 'options', '__proto__'), part);
  fc.assert(
    fc.property(document, (json) => {
      expect(parseConfiguration(json, HEADER)).toHaveProperty('ok');
    }),
    { numRuns: 1_000 },
  );
}); // prettier-ignore
