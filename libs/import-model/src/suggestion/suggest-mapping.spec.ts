import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import { ENTITIES } from '../schema/entities.js';
import { plainHeader } from './header-likeness.js';
import { suggestMapping, type ColumnSample, type EarlierMapping, type SuggestionRequest } from './suggest-mapping.js';

function suggest(columns: readonly ColumnSample[], more: Partial<SuggestionRequest> = {}) {
  return suggestMapping({ columns, schema: CUSTOMER, language: 'en', earlier: [], ...more });
}

function headers(...texts: string[]): ColumnSample[] {
  return texts.map((header) => ({ header, cells: [] }));
}

/** header -> suggested field and reason */
function shown(columns: readonly ColumnSample[], more?: Partial<SuggestionRequest>) {
  return suggest(columns, more).map(({ suggested }) => suggested && `${suggested.field} ${suggested.reason}`);
}

describe('what columns are suggested for', () => {
  it.each([
    ['name1', 'name1 fieldId'],
    ['Postal code', 'postalCode label'],
    ['Postleitzahl', 'postalCode label'],
    ['PLZ', 'postalCode synonym'],
    ['Straße', 'street label'],
    ['STRASSE', 'street label'],
    ['Kundennummer', 'externalId synonym'],
    ['E-Mail Adresse', 'email synonym'],
    ['Postal codes', 'postalCode similar'],
    ['Telefonummer', 'phone similar'],
    ['Öffnungs-Zeiten', 'businessHours label'],
    ['Umsatz 2025', undefined],
    ['', undefined],
  ])('%j: %s', (header, expected) => {
    expect(shown(headers(header))).toEqual([expected]);
  });

  it('each entity: its own labels, in both languages', () => {
    for (const schema of Object.values(ENTITIES)) {
      for (const language of ['en', 'de'] as const) {
        const labels = [...new Set(schema.fields.map(({ label }) => label[language]))];
        const found = suggest(headers(...labels), { schema, language });
        expect(found.filter(({ suggested }) => suggested === undefined)).toEqual([]);
      }
    }
  });

  it('no field twice: the surer column has it, and the other what is left for it', () => {
    const found = suggest(headers('Street', 'Street address', 'street'));
    expect(found.map(({ suggested }) => suggested?.field)).toEqual([undefined, undefined, 'street']);
    expect(found.map(({ notSuggested }) => notSuggested)).toEqual(['taken', 'nothing', undefined]);
    expect(found[0]?.candidates[0]).toMatchObject({ field: 'street', reason: 'label', rivals: [2] });
    expect(found[2]?.candidates[0]).toMatchObject({ field: 'street', rivals: [] });
  });

  it('nothing where two columns are as good for a field', () => {
    const found = suggest(headers('Ort', 'Name', 'Ort', 'Stadt'));
    expect(found.map(({ suggested }) => suggested?.field)).toEqual([undefined, 'name1', undefined, undefined]);
    expect(found.map(({ notSuggested }) => notSuggested)).toEqual(['tied', undefined, 'tied', 'taken']);
    expect(found[0]?.candidates[0]).toMatchObject({ field: 'city', rivals: [2] });
    // What they hold makes the difference.
    const cells = { good: ['28', '14'], bad: ['28', 'often'] };
    const intervals = [cells.bad, cells.good].map((each) => ({ header: 'Call interval', cells: each }));
    expect(shown(intervals)).toEqual([undefined, 'callInterval label']);
  });

  it('says of a column that fits nothing whether anything came near', () => {
    const found = suggest([{ header: 'Umsatz 2025', cells: [] }, { header: 'Call interval', cells: ['A'] }]); // prettier-ignore
    expect(found.map(({ notSuggested }) => notSuggested)).toEqual(['nothing', 'unsure']);
  });

  it('all fields that the column fed before, and none that it fed now and then', () => {
    const earlier: EarlierMapping[] = [
      { header: 'Firma', field: 'name1', times: 5, imports: 5 },
      { header: 'Firma', field: 'lastName', times: 4, imports: 5 },
      { header: 'Firma', field: 'notes', times: 1, imports: 5 },
    ];
    const [column] = suggest(headers('Firma'), { earlier });
    expect(column?.suggested).toMatchObject({ field: 'name1', reason: 'history', confidence: 0.99 });
    expect(column?.alsoSuggested.map(({ field }) => field)).toEqual(['lastName']);
    expect(column?.notSuggested).toBeUndefined();
    const both = [{ header: 'Firma', field: 'name1', times: 2, imports: 2 }, { header: 'Firma', field: 'name2', times: 2, imports: 2 }]; // prettier-ignore
    const [again] = suggest(headers('Firma'), { earlier: both });
    expect([again?.suggested?.field, ...(again?.alsoSuggested ?? []).map(({ field }) => field)]).toEqual(['name1', 'name2']); // prettier-ignore
  });

  it('what the company did before, in proportion', () => {
    const earlier: EarlierMapping[] = [
      { header: 'KdNr', field: 'externalId', times: 9, imports: 9 },
      { header: 'kdnr.', field: 'name2', times: 1, imports: 1 },
      { header: 'City', field: 'notes', times: 5, imports: 5 },
    ];
    const [number, city] = suggest(headers('KDNR', 'City'), { earlier });
    expect(number?.suggested).toMatchObject({ field: 'externalId', reason: 'history' });
    expect(number?.suggested?.confidence).toBeCloseTo(0.891);
    expect(city?.suggested).toMatchObject({ field: 'notes', reason: 'history' });
  });

  it('content that cannot be read speaks against the header', () => {
    const cells = ['A', 'B', 'C'];
    const [column] = suggest([{ header: 'Call interval', cells }]);
    expect(column?.suggested).toBeUndefined();
    expect(column?.candidates[0]).toMatchObject({ field: 'callInterval', readable: 0 });
    expect(shown([{ header: 'Call interval', cells: ['28', '', '14'] }])).toEqual(['callInterval label']);
  });

  it('says once which texts need a meaning, ten at most', () => {
    const blocked = (...cells: string[]) => suggest([{ header: 'Gesperrt', cells }])[0]?.candidates[0]?.unread;
    expect(blocked('x', '-', 'ja', '', 'x')).toEqual(['x', '-']);
    expect(blocked('ja', 'nein')).toEqual([]);
    expect(blocked(...Array.from({ length: 30 }, (_, i) => `X${i}`))).toHaveLength(10);
  });

  it('content that only one kind of field has speaks for itself', () => {
    const cells = ['a@example.com', '', 'b@example.com'];
    expect(shown([{ header: 'xyz', cells }])).toEqual(['email content']);
    expect(shown([{ header: 'xyz', cells: [...cells, 'nobody'] }])).toEqual([undefined]);
    expect(shown([{ header: 'xyz', cells: ['', ''] }])).toEqual([undefined]);
    expect(shown([{ header: 'xyz', cells }], { assigned: 0 })).toEqual([undefined]);
  });

  it('reads content as the file writes it', () => {
    const columns = [{ header: 'Lat', cells: ['51,05', '48,2'] }];
    expect(suggest(columns, { source: { decimalSeparator: ',' } })[0]?.suggested).toMatchObject({ readable: 1 });
  });
});

describe('plain headers', () => {
  it.each([
    ['E-Mail', 'email'],
    [' Straße / Nr. ', 'strassenr'],
    ['Café №1', 'cafeno1'],
    ['ÖFFNUNG', 'oeffnung'],
    ['---', ''],
  ])('%j is %j', (text, plain) => {
    expect(plainHeader(text)).toBe(plain);
  });
});
