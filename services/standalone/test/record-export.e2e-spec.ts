import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newCompany, run, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { NO_TRACES, tracesOf } from './traces.js';

const KINDS = ['customers', 'appointments', 'tasks', 'reports'] as const;
type Kind = (typeof KINDS)[number];
const FORMATS = ['csv', 'xlsx', 'ods'] as const;
/** By the API; each is copied until there are enough. */
const MADE = 40;
const RECORDS = 1_200;

const TEXTS = ['\'x; "A"\n=1+1', '007', '-5', ' Größe\t😀', '1.5', '2026-03-14', 'ja'];
const day = (n: number) => `2026-03-${String((n % 28) + 1).padStart(2, '0')}`;

/** Every field of the `n`th record of a kind. */
function fieldsOf(kind: Kind, n: number): object {
  const text = TEXTS[n % TEXTS.length] ?? '';
  const address = { street: text, postalCode: '007', city: text, state: text, country: 'AT', latitude: 47.07070707070707, longitude: -n / 7 }; // prettier-ignore
  switch (kind) {
    case 'customers':
      return {
        ...{ ...address, name1: text, name2: text, name3: text, salutation: text, firstName: text, lastName: text },
        ...{ phone: '+43 316 80', mobile: '-5 (0)', email: 'a@example.com', website: 'www.example.com' },
        ...{ callInterval: n, callDuration: n, category: text, notes: text, businessHours: text },
        ...{ doNotCall: n % 2 === 0, lastCall: `${day(n)}T09:30:15` },
      };
    case 'appointments':
      return {
        ...{ ...address, subject: text, earliestBegin: `${day(n)}T09:30:00`, latestEnd: `${day(n)}T12:00:00` },
        ...{ duration: n, wholeDay: n % 2 === 0, location: text, notes: text },
      };
    case 'tasks':
      return {
        ...{ subject: text, dueDate: n % 3 === 0 ? null : day(n), priority: n % 2 ? 'high' : 'low' },
        ...{ completionOptional: n % 2 === 0, done: n % 3 === 0, notes: text },
      };
    case 'reports':
      return {
        ...{ type: n % 2 ? 'customerCall' : 'dayOff', start: `${day(n)}T09:30:00`, end: `${day(n)}T09:30:01` },
        ...{ result: text, notes: text },
      };
  }
}

const OWN = {
  text: 'a;b',
  multiline: 'a\n b',
  integer: -5,
  number: 0.1,
  date: '2026-03-29',
  time: '23:59',
  dateTime: '2026-03-29T02:30:00',
  yesNo: false,
  phone: '+43 1',
  email: 'b@example.com',
  link: 'www.example.com',
  selection: 'a',
  multiSelection: 'a;b',
};
const OPTIONS = [{ code: 'a', label: { en: 'one', de: 'eins' } }, { code: 'b', label: { en: 'a', de: 'zwei;drei' } }]; // prettier-ignore

describe('an export that is imported as it is', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, 2);
    const { items } = await call<{ items: { id: string }[] }>('GET', 'users?hasOwnSchedule=true');
    for (const kind of KINDS) {
      for (const type of Object.keys(OWN)) {
        const label = { en: `Own ${type}`, de: `Eigenes ${type}` };
        const options = type.endsWith('election') ? OPTIONS : undefined;
        await call('POST', 'custom-fields', { entity: kind.slice(0, -1), name: `own_${type}`, type, label, options });
      }
      const customFields = Object.fromEntries(Object.entries(OWN).map(([type, value]) => [`own_${type}`, value]));
      for (let n = 0; n < MADE; n++) {
        const own = n % 2 ? { customFields } : {};
        // Half of the customers have no number of their own, and are referred to by their id.
        const externalId = n % 4 < 2 ? { externalId: `{${n}}` } : {};
        const repId = items[n % 2]?.id;
        const customer = kind === 'customers' ? {} : { customer: made[n] };
        const { id } = await call<{ id: string }>('POST', kind, {
          repId,
          ...externalId,
          ...fieldsOf(kind, n),
          ...customer,
          ...own,
        });
        if (kind === 'customers') made.push(id);
      }
      await copyAll(kind);
    }
  });
  afterAll(() => system?.stop());

  const made: string[] = [];

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${tenant.token}`, 'content-type': 'application/json' };
    const response = await fetch(`${system.url}/v1/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** As many as there shall be, with values as those that were made by the API. */
  async function copyAll(kind: Kind): Promise<void> {
    const table = kind.slice(0, -1);
    const client = new pg.Client({ connectionString: system.adminUrl, options: '-c search_path=field_data' });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'field_data' and table_name = $1 and is_generated = 'NEVER' and column_name not in ('id', 'external_id')`,
      [table],
    );
    const names = rows.map(({ name }) => `"${name}"`).join(', ');
    await client.query(
      `with settings as materialized (
         select set_config('muster.company', company_id::text, false), set_config('muster.actor', 'system', false),
                set_config('muster.cause', 'request:copies', false) from ${table} limit 1)
       insert into ${table} (id, external_id, ${names})
       select uuidv7(), external_id || '-' || n, ${names} from settings, ${table}, generate_series(2, $1::integer) n`,
      [RECORDS / MADE],
    );
    await client.end();
  }

  const cases = KINDS.flatMap((kind) => FORMATS.flatMap((format) => (['en', 'de'] as const).map((language) => [kind, format, language] as const))); // prettier-ignore

  it.each(cases)('%s as %s in %s changes nothing: no event, no entry', async (kind, format, language) => {
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/${kind}/export?format=${format}&language=${language}`, { headers });
    expect(response.status).toBe(200);
    const template = `import-schema/${kind.slice(0, -1)}/configuration-template?language=${language}`;
    const configuration = await call<{ mappings: object[] }>('GET', template);
    const done = await run(system, tenant, {
      file: new Uint8Array(await response.arrayBuffer()),
      // Empty cells too say what is stored.
      configuration: {
        ...configuration,
        mappings: configuration.mappings.map((one) => ({ ...one, emptyCell: 'clear' })),
      },
      fileName: `${kind}.${format}`,
    });
    expect(done).toMatchObject({ state: 'completed', counters: { read: RECORDS, unchanged: RECORDS } });
    expect(await tracesOf(system.adminUrl, done.id)).toEqual(NO_TRACES);
  });
});
