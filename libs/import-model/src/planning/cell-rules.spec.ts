import { describe, expect, it } from 'vitest';
import type { CustomFieldDefinition } from '../schema/custom-fields.js';
import { entitySchema, type EntityName } from '../schema/entities.js';
import type { CellValue } from '../schema/field-schema.js';
import { importRow, problemsOf } from '../test-support/import-row.js';
import type { RowPlan, StoredRecord } from './row-plan.js';

// The reference of imports, once more and apart: what becomes of one row, for every mode, number of matches, kind of cell,
// update behaviour, rule for empty cells and kind of field. It shares nothing with the planner.

const MODES = ['create', 'update', 'upsert', 'sync'] as const;
const MATCHES = ['none', 'one', 'one in the recycle bin', 'several'] as const;
const CELLS = ['absent', 'empty', 'same', 'other', 'unreadable'] as const;
const BEHAVIOURS = ['overwrite', 'keep', 'key'] as const;
const EMPTY_CELLS = ['keep', 'clear', 'default'] as const;

interface Situation {
  readonly mode: (typeof MODES)[number];
  readonly match: (typeof MATCHES)[number];
  readonly cell: (typeof CELLS)[number];
  readonly behaviour: (typeof BEHAVIOURS)[number];
  readonly emptyCell: (typeof EMPTY_CELLS)[number];
}

/** What the reference needs to know of a field, said anew so that a slip in a schema shows too. */
interface Kind {
  readonly entity: EntityName;
  readonly field: string;
  readonly same: readonly [text: string, stored: CellValue];
  readonly other: readonly [text: string, stored: CellValue];
  readonly unreadable: readonly [text: string, code: string];
  readonly behaviours?: readonly Situation['behaviour'][];
  readonly preset?: CellValue;
  readonly required?: true;
  /** What there is instead of an empty value; `refused`: nothing, so that it cannot be emptied. */
  readonly emptied?: false | 'refused';
  /** "Refused": an empty cell of an account that has a value, whatever the rule for empty cells is. */
  readonly refusesEmpty?: true;
  readonly fixedOnceSet?: true;
  readonly onlyOnCreation?: true;
}

const ID = '0193d2a1c4f07b6e8a1f2c3d4e5f6071';
const OTHER_ID = '0193d2a1c4f07b6e8a1f2c3d4e5f6072';
const NOT_A_KEY = ['overwrite', 'keep'] as const;
const LONG = 'x'.repeat(5_000);
const VIP: CustomFieldDefinition = {
  name: 'vip',
  type: 'yesNo',
  label: { en: 'VIP', de: 'VIP' },
  description: { en: 'VIP', de: 'VIP' },
  options: [],
};

const KINDS: Record<string, Kind> = {
  'a text': { entity: 'customer', field: 'city', same: ['Wien', 'Wien'], other: ['Graz', 'Graz'], unreadable: [LONG, 'too_long'] },
  'a number': { entity: 'customer', field: 'callInterval', same: ['28', 28], other: ['0', 0], unreadable: ['often', 'invalid_value'], behaviours: NOT_A_KEY },
  'a required text': { entity: 'customer', field: 'name1', same: ['Adler', 'Adler'], other: ['adler', 'adler'], unreadable: ['a\u0000', 'invalid_character'], required: true },
  'a yes/no that is preset to no': { entity: 'customer', field: 'doNotCall', same: ['Ja', true], other: ['no', false], unreadable: ['maybe', 'invalid_value'], behaviours: NOT_A_KEY, preset: false, emptied: false },
  'a yes/no without a preset': { entity: 'customer', field: 'customFields.vip', same: ['1', true], other: ['0', false], unreadable: ['2', 'invalid_value'], behaviours: NOT_A_KEY },
  'a selection with a preset': { entity: 'task', field: 'priority', same: ['Hoch', 'high'], other: ['low', 'low'], unreadable: ['urgent', 'unknown_code'], behaviours: NOT_A_KEY, preset: 'normal' },
  'a date': { entity: 'task', field: 'dueDate', same: ['31.12.2026', '2026-12-31'], other: ['2027-01-01', '2027-01-01'], unreadable: ['31.02.2026', 'invalid_value'] },
  'an external id': { entity: 'customer', field: 'externalId', same: ['007', '007'], other: ['7', '7'], unreadable: ['K 1', 'invalid_value'], fixedOnceSet: true },
  'an id': { entity: 'customer', field: 'id', same: [ID, ID], other: [OTHER_ID, OTHER_ID], unreadable: ['K1', 'unknown_id'], behaviours: ['key'] },
  'a last name': { entity: 'user', field: 'lastName', same: ['Berger', 'Berger'], other: ['berger', 'berger'], unreadable: [LONG, 'too_long'], required: true, refusesEmpty: true },
  'an e-mail address': { entity: 'user', field: 'email', same: ['Anna@example.com', 'Anna@example.com'], other: ['bob@example.com', 'bob@example.com'], unreadable: ['Anna', 'invalid_value'], required: true, refusesEmpty: true },
  'a licence': { entity: 'user', field: 'hasOwnSchedule', same: ['nein', false], other: ['ja', true], unreadable: ['?', 'invalid_value'], behaviours: NOT_A_KEY, preset: true, emptied: 'refused' },
  'a level': { entity: 'user', field: 'authorizationLevel', same: ['Administrator', '2'], other: ['1', '1'], unreadable: ['9', 'unknown_code'], behaviours: NOT_A_KEY, preset: '0' },
  'whom to notify': { entity: 'user', field: 'notify', same: ['ja', null], other: ['ja', true], unreadable: ['?', 'invalid_value'], behaviours: NOT_A_KEY, onlyOnCreation: true },
}; // prettier-ignore

interface Fate {
  readonly outcome: RowPlan['outcome'];
  readonly code?: string;
  /** Of the field, afterwards. */
  readonly value?: CellValue;
}

function expectedOf({ mode, match, cell, behaviour, emptyCell }: Situation, kind: Kind): Fate {
  const invalid = (code: string): Fate => ({ outcome: 'invalid', code });
  const ignored: Fate = { outcome: 'ignored', code: 'key_not_found' };
  // "A mapped value that cannot be read makes the row invalid; it is never blanked."
  if (cell === 'unreadable') return invalid(kind.unreadable[1]);
  const isKey = behaviour === 'key' && cell !== 'absent';
  // "An empty id means new (in update: key_empty); any other empty key cell is invalid key_empty."
  const saysNew = isKey && cell === 'empty' && kind.field === 'id' && mode !== 'update';
  if (isKey && cell === 'empty' && !saysNew) return invalid('key_empty');
  if (match === 'none' || saysNew) {
    // "An unknown id is invalid unknown_id."
    if (isKey && kind.field === 'id' && !saysNew) return invalid('unknown_id');
    if (mode === 'update') return ignored;
    // "A required cell empty: invalid required; a required column not mapped: ignored key_not_found."
    if (kind.required && cell === 'absent') return mode === 'create' ? invalid('required') : ignored;
    if (kind.required && cell === 'empty') return invalid('required');
    // "On create every mapped value is written, whatever its update behaviour." "Defaults of empty cells apply on create only."
    const given = cell === 'same' ? created(kind.same, kind) : cell === 'other' ? kind.other[1] : undefined;
    return { outcome: 'created', value: given ?? kind.preset ?? null };
  }
  if (match === 'several') return invalid('ambiguous_key');
  // "An import that meets a binned key restores that record: updated."
  if (match === 'one' && mode === 'create') return invalid('duplicate_key');
  const stored = isKey && cell === 'other' ? kind.other[1] : kind.same[1];
  const wanted = wantedOf({ cell, behaviour, emptyCell }, kind, stored);
  if (wanted !== stored && kind.required && wanted === null) return invalid('required');
  if (wanted === 'refused') return invalid('required');
  if (wanted !== stored && kind.fixedOnceSet) return invalid('external_id_fixed');
  const changes = wanted !== stored || match === 'one in the recycle bin';
  return { outcome: changes ? 'updated' : 'unchanged', value: wanted };
}

function created([text, stored]: Kind['same'], { onlyOnCreation }: Kind): CellValue {
  return onlyOnCreation ? text === 'ja' : stored;
}

function wantedOf(
  { cell, behaviour, emptyCell }: Pick<Situation, 'cell' | 'behaviour' | 'emptyCell'>,
  kind: Kind,
  stored: CellValue,
): CellValue {
  // "A column that is not mapped is never touched. Keep leaves the stored value, also when it is empty."
  // "Key columns are not written on update."
  if (cell === 'absent' || behaviour !== 'overwrite' || kind.onlyOnCreation) return stored;
  if (cell === 'other') return kind.other[1];
  if (cell === 'same') return stored;
  if (kind.refusesEmpty) return null;
  if (emptyCell === 'keep') return stored;
  return emptyCell === 'clear' ? (kind.emptied ?? null) : (kind.preset ?? null);
}

/** Values of the record that a row means, and what a row gives beside the field in question. */
const BASES: Partial<Record<EntityName, Readonly<Record<string, string>>>> = {
  customer: { externalId: 'K1', name1: 'Adler', name2: 'N' },
  task: { externalId: 'K1', subject: 'S' },
  user: { email: 'a@example.com', firstName: 'A', lastName: 'B' },
};

function fateOf({ mode, match, cell, behaviour, emptyCell }: Situation, kind: Kind): Fate {
  const { entity, field } = kind;
  const { [field]: _, ...base } = BASES[entity] ?? {};
  const isMapped = cell !== 'absent';
  const isKey = behaviour === 'key' && isMapped;
  const [firstKey] = Object.keys(field === 'externalId' ? { name2: 1 } : base);
  const mappings: Record<string, object> = Object.fromEntries(
    Object.keys(base).map((id) => [id, { TargetFieldID: id, UpdateBehavior: id === firstKey && !isKey ? 2 : 0 }]),
  );
  const UpdateBehavior = BEHAVIOURS.indexOf(behaviour);
  if (isMapped) mappings['tested'] = { TargetFieldID: field, UpdateBehavior, emptyCell };
  const texts = { absent: '', empty: ' ', same: kind.same[0], other: kind.other[0], unreadable: kind.unreadable[0] };
  const value = isKey && cell === 'other' ? kind.other[1] : kind.same[1];
  const record: StoredRecord = { id: ID, ...base, [field]: value };
  const stored = {
    none: [],
    one: [record],
    'one in the recycle bin': [{ ...record, binned: true }],
    several: [record, field === 'id' ? record : { ...record, id: OTHER_ID }],
  };
  const plan = importRow({
    entity,
    mode,
    mappings,
    row: [...Object.values(base), ...(isMapped ? [texts[cell]] : [])],
    stored: stored[match],
    ...(field.startsWith('customFields.') && { customFields: [VIP] }),
  });
  const [problem] = problemsOf(plan);
  if (problem) return { outcome: plan.outcome, code: problem.code };
  if (plan.outcome === 'created') return { outcome: 'created', value: plan.values[field] ?? null };
  return { outcome: plan.outcome, value: plan.outcome === 'updated' ? (plan.set[field] ?? (Object.hasOwn(plan.set, field) ? null : value)) : value };
} // prettier-ignore

describe.each(Object.entries(KINDS))('%s', (_name, kind) => {
  const known: readonly string[] = entitySchema(kind.entity).modes;
  it.each(
    MODES.filter((mode) => known.includes(mode)).flatMap((mode) => MATCHES.map((match) => [mode, match] as const)),
  )('%s, matches: %s', (mode, match) => {
    const { behaviours = BEHAVIOURS } = kind;
    const situations = CELLS.flatMap((cell) =>
      behaviours.flatMap((behaviour) => EMPTY_CELLS.map((emptyCell) => ({ mode, match, cell, behaviour, emptyCell }))),
    );
    expect(situations.map((one) => ({ ...one, becomes: fateOf(one, kind) }))).toEqual(
      situations.map((one) => ({ ...one, becomes: expectedOf(one, kind) })),
    );
  });
});

/** `city=Graz` a cell, `city/clear=` its rule for empty cells, `city/keep=`, `city/key=` its behaviour. */
function tricky(entity: EntityName, mode: string, cells: string, stored: readonly Record<string, CellValue>[] = []): string {
  const parts = cells.split(', ').map((cell) => cell.split('='));
  const mappings = parts.map(([to = '']) => {
    const [field = '', behaviour = 'overwrite', emptyCell = 'keep'] = to.split('/');
    return [field, { TargetFieldID: field, UpdateBehavior: ['overwrite', 'keep', 'key'].indexOf(behaviour), emptyCell }];
  });
  const row = parts.map(([, text = '']) => text);
  const records = stored.map((values, i) => ({ id: ID.slice(0, -1) + String(i), ...values }));
  const plan = importRow({ entity, mode, mappings: Object.fromEntries(mappings) as Record<string, object>, row, stored: records });
  const problems = problemsOf(plan).map(({ code, field }) => [code, field].filter(Boolean).join(' '));
  const set = plan.outcome === 'updated' ? plan.set : plan.outcome === 'created' ? plan.values : {};
  const values = Object.entries(set).map(([field, value]) => `${field}=${JSON.stringify(value)}`);
  return [plan.outcome, ...problems, ...values].join(', ');
} // prettier-ignore

const ADLER = { externalId: 'K1', name1: 'Adler', city: 'Wien', doNotCall: false };
const VISIT = { externalId: 'T1', subject: 'S', city: 'Wien', earliestBegin: '2026-03-14T09:00:00', latestEnd: '2026-03-14T10:00:00', duration: 60, wholeDay: false }; // prettier-ignore
const ANNA = { email: 'Anna@example.com', employeeNumber: '007', firstName: 'Anna', lastName: 'Berger', hasOwnSchedule: false, authorizationLevel: '2', loginEnabled: true }; // prettier-ignore
const OTHER = OTHER_ID.slice(0, -1);

describe('by hand', () => {
  it.each<[EntityName, string, string, string, Record<string, CellValue>[]?]>([
    // Keys.
    ['customer', 'upsert', 'externalId/key=007, name1=x', 'created, externalId="007", name1="x", doNotCall=false', [{ ...ADLER, externalId: '7' }]],
    ['customer', 'upsert', 'externalId/key=k1, name1=x', 'created, externalId="k1", name1="x", doNotCall=false', [ADLER]],
    ['user', 'update', 'email/key=ANNA@EXAMPLE.COM, firstName=Anne', 'updated, firstName="Anne"', [ANNA]],
    ['user', 'update', 'employeeNumber/key=7, firstName=Anne', 'ignored, key_not_found employeeNumber', [ANNA]],
    ['customer', 'upsert', 'externalId/key=K1, name1=Adler', 'unchanged', [ADLER]],
    ['customer', 'upsert', 'externalId/key= K1 , name1=Adler', 'unchanged', [ADLER]],
    ['customer', 'upsert', 'name1/key=Adler, city/key=Wien, category=A', 'updated, category="A"', [ADLER, { ...ADLER, city: 'Graz' }]],
    ['customer', 'upsert', 'name1/key=Adler, category=A', 'invalid, ambiguous_key', [ADLER, { ...ADLER, city: 'Graz' }]],
    ['customer', 'create', 'name1/key=Adler, city/key=Wien', 'invalid, duplicate_key', [ADLER]],
    ['customer', 'create', 'name1=Adler', 'created, name1="Adler", doNotCall=false', [ADLER]],
    ['customer', 'upsert', 'name1/key=Adler, city/key=', 'invalid, key_empty city', [ADLER]],
    ['customer', 'create', 'name1/key=Adler, city/key=', 'invalid, key_empty city', [ADLER]],
    // The record was deleted and made anew: the living one counts, whatever else lies in the bin.
    ['customer', 'upsert', 'externalId/key=K1, city=Graz', 'updated, city="Graz"', [{ ...ADLER, binned: true }, ADLER]],
    ['customer', 'create', 'externalId/key=K1, name1=x', 'invalid, duplicate_key externalId', [{ ...ADLER, binned: true }, ADLER]],
    // Of several in the bin the latest comes back.
    ['customer', 'update', 'externalId/key=K1, name1=Adler', 'updated', [{ ...ADLER, binned: true }, { ...ADLER, binned: true, name1: 'Old' }]],
    // Ids.
    ['customer', 'upsert', 'id=, externalId=K1, name1=x', 'created, externalId="K1", name1="x", doNotCall=false', [ADLER]],
    ['customer', 'create', `id=${OTHER}9, name1=x`, 'invalid, unknown_id id', [ADLER]],
    ['customer', 'update', 'id=, name1=x', 'invalid, key_empty id', [ADLER]],
    ['customer', 'update', 'id=4711, name1=x', 'invalid, unknown_id id', [ADLER]],
    ['user', 'sync', `id=${OTHER.toUpperCase()}0, firstName=Anne`, 'updated, firstName="Anne"', [ANNA]],
    // What is unreadable is never blanked, and said before all else.
    ['customer', 'upsert', 'externalId/key=K1, callInterval/overwrite/clear=often', 'invalid, invalid_value callInterval', [ADLER]],
    ['customer', 'upsert', 'externalId/key=K1, callInterval/keep=often', 'invalid, invalid_value callInterval', [ADLER]],
    ['customer', 'update', 'externalId/key=K9, callInterval=often', 'invalid, invalid_value callInterval', [ADLER]],
    // Keep, also when what is stored is empty; and on create it writes.
    ['customer', 'upsert', 'externalId/key=K1, category/keep=A', 'unchanged', [ADLER]],
    ['customer', 'upsert', 'externalId/key=K2, name1/keep=x, category/keep=A', 'created, externalId="K2", name1="x", category="A", doNotCall=false'],
    // Empty cells.
    ['user', 'update', 'email/key=anna@example.com, authorizationLevel=', 'unchanged', [ANNA]],
    ['user', 'update', 'email/key=anna@example.com, authorizationLevel/overwrite/default=', 'updated, authorizationLevel="0"', [ANNA]],
    ['user', 'update', 'email/key=anna@example.com, hasOwnSchedule=', 'unchanged', [ANNA]],
    ['user', 'update', 'email/key=anna@example.com, hasOwnSchedule/overwrite/clear=', 'invalid, required hasOwnSchedule', [ANNA]],
    ['user', 'update', 'email/key=anna@example.com, hasOwnSchedule/overwrite/default=', 'updated, hasOwnSchedule=true', [ANNA]],
    ['user', 'update', 'email/key=anna@example.com, loginEnabled/overwrite/clear=', 'invalid, required loginEnabled', [{ ...ANNA, loginEnabled: false }]],
    ['user', 'update', 'employeeNumber/key=007, email/overwrite/clear=', 'invalid, required email', [ANNA]],
    ['user', 'update', 'employeeNumber/key=007, email=, firstName=, lastName=B', 'invalid, required email, required firstName', [ANNA]],
    ['user', 'update', 'employeeNumber/key=007, email=, firstName=, lastName=B', 'updated, lastName="B"', [{ ...ANNA, email: null, firstName: null }]],
    ['user', 'update', 'employeeNumber/key=007, email/keep=, firstName/keep=, lastName=B', 'updated, lastName="B"', [ANNA]],
    ['customer', 'update', 'externalId/key=K1, name1=, city=Graz', 'updated, city="Graz"', [ADLER]],
    ['customer', 'update', 'externalId/key=K1, city/overwrite/clear=', 'updated, city=null', [ADLER]],
    ['customer', 'update', 'externalId/key=K1, category/overwrite/clear=', 'unchanged', [ADLER]],
    ['customer', 'update', 'externalId/key=K1, doNotCall/overwrite/clear=', 'updated, doNotCall=false', [{ ...ADLER, doNotCall: true }]],
    // Required.
    ['customer', 'upsert', 'externalId/key=K2, city=Graz', 'ignored, key_not_found', [ADLER]],
    ['customer', 'create', 'externalId/key=K2, city=Graz', 'invalid, required name1', [ADLER]],
    ['customer', 'upsert', 'externalId/key=K2, name1=', 'invalid, required name1', [ADLER]],
    ['user', 'upsert', 'email/key=bob@example.com, firstName=Bob', 'ignored, key_not_found', [ANNA]],
    ['user', 'upsert', 'employeeNumber/key=9, email=, firstName=, lastName=B', 'invalid, required email, required firstName', [ANNA]],
    // What says something about new accounts only.
    ['user', 'upsert', 'email/key=anna@example.com, notify=yes', 'unchanged', [ANNA]],
    // Fixed once set, but given where it was empty; whether its text differs in letter case does not matter.
    ['customer', 'update', 'name1/key=Adler, externalId=k1', 'invalid, external_id_fixed externalId', [ADLER]],
    ['customer', 'update', 'name1/key=Adler, externalId=K7', 'updated, externalId="K7"', [{ ...ADLER, externalId: null }]],
    // Rules between fields judge what would be stored, and only what the row changes.
    ['appointment', 'update', 'externalId/key=T1, duration=61', 'invalid, appointment_times duration', [VISIT]],
    ['appointment', 'update', 'externalId/key=T1, duration/keep=61', 'unchanged', [VISIT]],
    ['appointment', 'update', 'externalId/key=T1, notes=x', 'updated, notes="x"', [{ ...VISIT, duration: 500 }]],
    ['appointment', 'update', 'externalId/key=T1, city/overwrite/clear=', 'invalid, customer_or_address_missing customer', [VISIT]],
    ['customer', 'update', 'externalId/key=K1, latitude=47', 'invalid, coordinates_incomplete longitude', [ADLER]],
    ['customer', 'update', 'externalId/key=K1, latitude=47', 'updated, latitude=47', [{ ...ADLER, latitude: 1, longitude: 2 }]],
  ])('%s, %s, %s: %s', (entity, mode, cells, expected, stored = []) => {
    expect(tricky(entity, mode, cells, stored)).toBe(expected);
  }); // prettier-ignore
});
