import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@muster/contracts';
import { APPOINTMENT } from '../schema/appointment.js';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue, EntitySchema } from '../schema/field-schema.js';
import { REPORT } from '../schema/report.js';
import { TASK } from '../schema/task.js';
import { planRow } from '../planning/plan-row.js';
import { planSettings } from '../planning/plan-settings.js';
import { compileColumn } from '../values/compile-column.js';
import { textOf as render } from '../test-support/import-row.js';
import { ROW_PROBLEMS } from './row-problems.js';

const RECORDS = [CUSTOMER, APPOINTMENT, TASK, REPORT];

/** A bad cell for every field, and some more. */
const BAD_CELLS = ['\u0000', '\ud800', 'x'.repeat(5_000), 'x y @', '99999', '-1', '31.02.2026', '<b>{0}</b>'];

describe('row problems', () => {
  it('have a text in both languages for each problem that reading a cell can give', () => {
    const seen = new Set<string>();
    for (const field of RECORDS.flatMap(({ fields }) => fields)) {
      for (const source of [{}, { dateFormat: 'M/d/yyyy' }]) {
        for (const cell of BAD_CELLS) {
          const result = compileColumn(field, source)(cell);
          if (result.ok) continue;
          seen.add(`${result.problem.code} ${result.problem.params?.['expected'] ?? ''}`.trim());
          for (const language of LANGUAGES)
            expect(render(result.problem, language)).not.toMatch(/another form|andere Form|[{}]expected/);
        }
      }
    }
    const forms = [
      'identifier',
      'integer',
      'minutes',
      'range',
      'yesNo',
      'date',
      'dateTime',
      'pattern',
      'phone',
      'email',
      'link',
    ];
    const expected = [
      'invalid_character',
      'too_long',
      'unknown_id',
      'unknown_code',
      'unknown_customer',
      ...forms.map((form) => `invalid_value ${form}`),
    ];
    expect([...seen].sort()).toEqual(
      expect.arrayContaining(expected.filter((form) => form !== 'invalid_value integer').sort()),
    );
  });

  it.each<[EntitySchema, Record<string, CellValue>, string]>([
    [APPOINTMENT, { city: 'Graz', duration: 5 }, 'Two of earliest begin, latest end and duration are needed.'],
    [APPOINTMENT, { city: 'Graz', wholeDay: true }, 'needs its day as the earliest begin.'],
    [APPOINTMENT, { city: 'Graz', earliestBegin: '2026-03-14T09:00:00', latestEnd: '2026-03-14T08:00:00' }, 'is before the earliest begin.'],
    [APPOINTMENT, { city: 'Graz', earliestBegin: '2026-03-14T09:00:00', latestEnd: '2026-03-14T09:01:00', duration: 5 }, 'longer than the 1 minute between'],
    [APPOINTMENT, { earliestBegin: '2026-03-14T09:00:00', duration: 5 }, 'needs a customer or an address'],
    [REPORT, { start: '2026-03-14T09:00:00', end: '2026-03-14T08:00:00' }, 'The end is before the start.'],
  ])('of %o: %o', (schema, values, text) => {
    const record: Record<string, CellValue> = { subject: 'x', type: 'other', ...values };
    const fields = schema.fields.filter(({ id }) => Object.hasOwn(record, id)).map(({ id }) => id);
    const columns = fields.map((field) => ({ field, behaviour: 'overwrite', emptyCell: 'keep' }) as const);
    const plan = planRow(fields.map((field) => record[field] ?? null), [], planSettings(schema, { mode: 'create', columns }));
    const problems = 'problems' in plan ? plan.problems : [];
    expect(problems.map((problem) => render(problem, 'en'))).toEqual([expect.stringContaining(text)]);
    for (const problem of problems) expect(render(problem, 'de')).toMatch(/^(Ein|Das|Die|Zwei) .*\.$/);
  }); // prettier-ignore

  it.each([
    [{ code: 'unknown_code', params: { value: 'hig', near: 'yes', nearest: 'high', codes: 'low, high' } }, '"hig" is none of the values of this field. Did you mean "high"? Allowed: low, high.'],
    [{ code: 'unknown_code', params: { value: 'hig', codes: 'low', labelled: 'yes', labelsEn: 'Low, High', labelsDe: 'Niedrig' } }, 'Allowed: Low, High.'],
    [{ code: 'unknown_code', params: { value: '7', codes: 'low, high' } }, '"7" is none of the values of this field. Allowed: low, high.'],
    [{ code: 'unknown_customer', params: { value: '007' } }, 'This rep has no customer with the number or id "007".'],
    [{ code: 'ambiguous_key', params: { count: 2 } }, '2 records have this value'],
    [{ code: 'duplicate_in_file', params: { rows: '3, 9' } }, 'stands in other rows of the file too: 3, 9.'],
    [{ code: 'rep_not_found', params: { value: 'x@y' } }, 'There is no rep "x@y"'],
    [{ code: 'too_long', params: { limit: 40, length: 41 } }, 'has 41 characters, 40 are allowed'],
    [{ code: 'invalid_value', params: { expected: 'identifier', value: 'ä{}' } }, '"ä{}" cannot be read here. Expected: letters, digits, dots and - _ { } only.'],
  ])('%j', (problem, text) => {
    expect(render(problem, 'en')).toContain(text);
    expect(render(problem, 'de')).not.toBe('');
  }); // prettier-ignore

  it('are all well-formed ICU texts', () => {
    for (const texts of Object.values(ROW_PROBLEMS)) {
      for (const language of LANGUAGES) expect(() => new IntlMessageFormat(texts[language], language)).not.toThrow();
    }
  });

  it('have a text for each problem that planning a row can give', () => {
    const stored = { id: 'f'.repeat(32), externalId: 'K1', name1: 'x', latitude: 1, longitude: 2 };
    const column = (field: string, key = false) =>
      ({ field, behaviour: key ? 'key' : 'overwrite', emptyCell: 'clear' }) as const;
    const plan = (mode: 'create' | 'update' | 'upsert', key: string, row: (string | number | null)[], matches: (typeof stored)[]) => {
      const columns = [column(key, true), ...['name1', 'latitude', key === 'id' ? 'externalId' : 'category'].map((id) => column(id))];
      return planRow(row, matches, planSettings(CUSTOMER, { mode, columns }));
    };
    const plans = [
      plan('update', 'externalId', [null, 'x', 1, null], []),
      plan('update', 'externalId', ['K1', 'x', 1, null], []),
      plan('create', 'externalId', ['K1', 'x', 1, null], [stored]),
      plan('upsert', 'externalId', ['K1', 'x', 1, null], [stored, stored]),
      plan('upsert', 'externalId', ['K1', null, null, null], [stored]),
      plan('upsert', 'id', [stored.id, 'x', 1, 'K2'], [stored]),
      plan('upsert', 'id', [stored.id, 'x', 1, 'K2'], []),
    ];
    const problems = plans.flatMap((result) => ('problems' in result ? result.problems : []));
    expect(new Set(problems.map(({ code }) => code))).toEqual(
      new Set(['key_empty', 'key_not_found', 'duplicate_key', 'ambiguous_key', 'required', 'coordinates_incomplete', 'external_id_fixed', 'unknown_id']),
    );
    for (const problem of problems) for (const language of LANGUAGES) expect(render(problem, language)).not.toBe('');
  }); // prettier-ignore
});
