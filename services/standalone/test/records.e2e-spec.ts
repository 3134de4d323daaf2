import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customers, newCompany, run, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const LANGUAGES = ['en', 'de'] as const;
type Language = (typeof LANGUAGES)[number];
type Entity = 'appointment' | 'task' | 'report';

const REPS = 2;
const ROWS = 60;

/** What a person writes in each language. */
const WORDS = {
  en: { yes: 'Yes', no: 'No', high: 'High', call: 'Customer call', other: 'Other' },
  de: { yes: 'Ja', no: 'Nein', high: 'Hoch', call: 'Kundenbesuch', other: 'Sonstiges' },
};

function day(n: number, language: Language): string {
  const date = String((n % 28) + 1).padStart(2, '0');
  return language === 'de' ? `${date}.03.2026` : `2026-03-${date}`;
}

/** One row of each entity, by the ids of its fields: the `n`th record of its rep, about the customer with that number. */
function fieldsOf(entity: Entity, n: number, language: Language): Record<string, string> {
  const words = WORDS[language];
  const yes = (isYes: boolean) => (isYes ? words.yes : words.no);
  const common = { externalId: `${entity[0]}-${n}`, customer: `00${n}`, notes: `Zeile 1\n"Größe"; ${n} 😀` };
  switch (entity) {
    case 'appointment':
      return {
        ...{ ...common, subject: `Termin ${n}`, earliestBegin: `${day(n, language)} 09:30`, duration: n % 2 ? '1:30' : '45' },
        ...{ latestEnd: `${day(n, language)} 12:00`, wholeDay: yes(n % 7 === 0), city: 'Graz' },
        ...{ latitude: language === 'de' ? '47,0707' : '47.0707', longitude: language === 'de' ? '15,4395' : '15.4395' },
      };
    case 'task':
      return {
        ...{ ...common, subject: `Aufgabe ${n}`, dueDate: n % 3 ? day(n, language) : '', priority: n % 2 ? words.high : '' },
        ...{ completionOptional: yes(n % 4 === 0), done: yes(n % 5 === 0) },
      };
    case 'report':
      return {
        ...{ ...common, type: n % 2 ? words.call : words.other, start: `${day(n, language)} 09:30` },
        ...{ end: `${day(n, language)} 10:15`, result: 'zugesagt' },
      };
  }
} // prettier-ignore

function request(entity: Entity, language: Language, options: object = {}) {
  const rows = Array.from({ length: ROWS }, (_, i) => [repOf(i, REPS), fieldsOf(entity, Math.floor(i / REPS), language)] as const);
  const fields = Object.keys(rows[0]?.[1] ?? {});
  const mappings = fields.map((field) => ({ SourceFieldID: field, TargetFieldID: field }));
  return {
    file: csv([['Rep', ...fields], ...rows.map(([rep, values]) => [rep, ...fields.map((field) => values[field] ?? '')])]),
    configuration: {
      ...{ formatVersion: 1, entity, mode: 'upsert', mappings, options },
      ...{ userMapping: { by: 'email', SourceFieldID: 'Rep' }, source: { language } },
    },
  };
} // prettier-ignore

describe('appointments, tasks and reports', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, REPS);
    // Each rep has customers with the same numbers.
    const rows = Array.from({ length: ROWS }, (_, i) => [repOf(i, REPS), `00${Math.floor(i / REPS)}`, `Kunde ${i}`]);
    const file = csv([['Rep', 'Id', 'name1'], ...rows]);
    await run(system, tenant, { file, configuration: configuration(['name1']) });
  });
  afterAll(() => system?.stop());

  const query = async <Row extends object>(sql: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: system.adminUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };
  const changes = async () => {
    const logs = ['customer', 'appointment', 'task', 'report'].map((table) => `select seq from field_data.${table}_change`);
    return query<{ n: string }>(`select count(*) as n from (${logs.join(' union all ')}) all_changes`);
  }; // prettier-ignore

  it.each<[Entity, Language]>([
    ['appointment', 'de'],
    ['task', 'en'],
    ['report', 'de'],
  ])('%s: a file in %s creates them, and either language finds all unchanged', async (entity, language) => {
    const first = await run(system, tenant, request(entity, language));
    expect(first).toMatchObject({ state: 'completed', counters: { read: ROWS, created: ROWS } });
    const before = await changes();
    for (const other of LANGUAGES) {
      const again = await run(system, tenant, request(entity, other));
      expect(again).toMatchObject({ state: 'completed', counters: { read: ROWS, unchanged: ROWS } });
    }
    expect(await changes()).toEqual(before);
    const [wrong] = await query<{ n: string }>(
      `select count(*) as n from field_data.${entity} r left join field_data.customer c
         on c.id = r.customer_id and c.rep_id = r.rep_id and split_part(r.external_id, '-', 2) = substr(c.external_id, 3)
       where c.id is null`,
    );
    expect(wrong?.n).toBe('0');
  });

  it('reports of calls set the last call of their customers, once', async () => {
    const options = { updateLastCalls: true };
    // They are all there: what stays as it is sets nothing.
    await run(system, tenant, request('report', 'en', options));
    expect((await customers(tenant)).every(({ lastCall }) => lastCall === null)).toBe(true);
    const later = request('report', 'en', options);
    const moved = { ...later, file: later.file.replaceAll(' 09:30"', ' 09:45"') };
    expect(await run(system, tenant, moved)).toMatchObject({ counters: { updated: ROWS } });
    for (const { externalId, lastCall } of await customers(tenant)) {
      const n = Number(externalId?.slice(2));
      expect(lastCall).toBe(n % 2 ? `${day(n, 'en')}T09:45:00` : null);
    }
  });

  it('say of each row what is wrong with it, in the reader’s language', async () => {
    const good = fieldsOf('appointment', 1, 'en');
    const rows: Record<string, string>[] = [
      { ...good, externalId: 'x-1', customer: '4711' },
      { ...good, externalId: 'x-2', latestEnd: '2026-03-02 09:00' },
      { ...good, externalId: 'x-3', duration: '' , latestEnd: '', wholeDay: 'maybe' },
    ];
    const fields = Object.keys(good);
    const { configuration: config } = request('appointment', 'en');
    const file = csv([['Rep', ...fields], ...rows.map((row) => [repOf(0, REPS), ...fields.map((field) => row[field] ?? '')])]);
    const done = await run(system, tenant, { file, configuration: config });
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: { read: 3, invalid: 3 } });
    const url = `${system.url}/v1/imports/${done.id}/rows`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${tenant.token}`, 'accept-language': 'de' } });
    const { items } = (await response.json()) as { items: { problems: { code: string; message: string }[] }[] };
    expect(items.map(({ problems }) => problems.map(({ code, message }) => `${code}: ${message}`))).toEqual([
      ['unknown_customer: Dieser Mitarbeiter hat keinen Kunden mit der Nummer oder ID „4711“.'],
      ['appointment_times: Das späteste Ende liegt vor dem frühesten Beginn.'],
      [expect.stringContaining('invalid_value: „maybe“ ist hier nicht lesbar.') as string],
    ]);
  }); // prettier-ignore
});
