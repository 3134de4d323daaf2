import { Writable } from 'node:stream';
import type { Response as ExpressResponse } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compileColumn,
  ENTITIES,
  fieldHeaders,
  isEntityName,
  withCustomFields,
  type CustomFieldDefinition,
} from '@muster/import-model';
import { newId } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { openTable, type CellKind } from '@muster/tabular';
import { ApiTestbed, KINDS, type Made } from '../testbed/api-testbed.js';
import { RECORD_KINDS } from '../record-api/record-kind.js';
import { RecordExport } from './record-export.service.js';

let bed: ApiTestbed;
type Who = ReturnType<ApiTestbed['person']>;

beforeAll(async () => {
  bed = await ApiTestbed.start();
});
afterAll(() => bed?.service.stop());

interface Cells {
  readonly texts: string[];
  readonly kinds: CellKind[] | undefined;
}

async function rows(who: Who, path: string): Promise<Cells[]> {
  const response = await bed.fetch(who, 'GET', path);
  expect(response.status).toBe(200);
  const table = await openTable(new Uint8Array(await response.arrayBuffer()));
  const read: Cells[] = [];
  for await (const batch of table.read()) read.push(...batch.rows.map(({ cells, kinds }) => ({ texts: cells, kinds })));
  await table.close();
  return read;
}

const OWN: CustomFieldDefinition[] = (['text', 'multiline', 'integer', 'number', 'date', 'time', 'dateTime', 'yesNo', 'multiSelection'] as const).map((type) => ({
  name: `own_${type}`,
  type,
  label: { en: `Own ${type}`, de: `Eigenes ${type}` },
  description: { en: '', de: '' },
  options: type === 'multiSelection' ? [{ code: 'a', label: { en: 'one', de: 'eins' } }, { code: 'b', label: { en: 'b;2', de: 'a' } }] : [],
})); // prettier-ignore

const OWN_VALUES = {
  own_text: '=1+1', own_multiline: ' a\n"b"; c', own_integer: -5, own_number: 0.1, own_date: '0099-03-01', own_time: '23:59',
  own_dateTime: '2026-03-29T02:30:15', own_yesNo: false, own_multiSelection: 'a;b',
}; // prettier-ignore

const FULL: Record<string, object> = {
  customers: { name1: "'Löwen; \"A\"", postalCode: '007', latitude: 47.07070707070707, longitude: -15.4, callInterval: 28, lastCall: '2026-03-14T09:30:00', phone: '+43 1', doNotCall: true, notes: 'a\nb\t😀' },
  appointments: { subject: '-5', city: 'Graz', earliestBegin: '2026-03-14T09:30:00', latestEnd: '2026-03-15T12:00:00', duration: 90, wholeDay: true },
  tasks: { subject: '1.5', dueDate: '1899-12-31', priority: 'high', completionOptional: true },
  reports: { type: 'customerCall', start: '2026-03-14T09:30:00', end: '2026-03-14T09:45:01', result: '@x' },
}; // prettier-ignore

describe.each(KINDS)('the export of %s', (kind) => {
  const entity = kind.slice(0, -1);
  let who: Who;
  let full: Made;
  let least: Made;

  beforeAll(async () => {
    who = bed.person();
    for (const field of OWN) await bed.send(who, 'POST', 'custom-fields', { ...field, entity, description: null });
    const repId = newId();
    const customer = await bed.add(who, 'customers', { repId, externalId: '0010' });
    full = await bed.add(who, kind, {
      ...{ repId, externalId: 'full', ...FULL[kind], customFields: OWN_VALUES },
      ...(kind !== 'customers' && { customer: customer.id }),
    });
    least = await bed.add(who, kind);
  });

  it.each(['xlsx', 'csv', 'ods'].flatMap((format) => ['en', 'de'].map((language) => [format, language] as const)))(
    'as %s in %s reads back as it is stored',
    async (format, language) => {
      if (!isEntityName(entity)) throw new Error('unreachable');
      const schema = withCustomFields(ENTITIES[entity], OWN);
      const [header, ...lines] = await rows(who, `${kind}/export?format=${format}&language=${language}`);
      const headers = fieldHeaders(schema, language === 'de' ? 'de' : 'en');
      for (const made of [full, least]) {
        const line = lines.find(({ texts }) => texts[0] === made.id);
        const cell = (name: string) => line?.texts[header?.texts.indexOf(name) ?? -1] ?? '';
        for (const field of schema.fields) {
          const at = header?.texts.indexOf(headers.get(field.id) ?? '') ?? -1;
          expect(at).toBeGreaterThanOrEqual(0);
          const read = compileColumn(field)(line?.texts[at] ?? '', line?.kinds?.[at]);
          expect([field.id, read]).toEqual([field.id, { ok: true, value: storedValue(made, field.id) }]);
        }
        expect(cell(language === 'de' ? 'E-Mail des Mitarbeiters' : 'Rep e-mail')).toBe(`${made.repId}@example.com`);
      }
      expect(lines).toHaveLength(kind === 'customers' ? 3 : 2);
    },
  );

  /** The customer by its external id: the export says it so. */
  function storedValue(made: Made, field: string): unknown {
    if (field.startsWith('customFields.')) return (made['customFields'] as Record<string, unknown>)[field.slice(13)];
    return field === 'customer' ? made['customerExternalId'] : made[field];
  }

  it('has chosen columns of chosen records, sorted as wanted, and no others', async () => {
    const chosen = `${kind}/export?format=csv&language=de&fields=repEmployeeNumber,externalId,customFields.own_yesNo`;
    const read = async (query: string, of = who) => (await rows(of, chosen + query)).map(({ texts }) => texts);
    const line = [full.repId.slice(-5), 'full', 'Nein'];
    expect(await read(`&externalId=full`)).toEqual([
      ['Personalnummer des Mitarbeiters', 'Externe ID', 'Eigenes yesNo'],
      line,
    ]);
    expect(await read(`&rep=${least.repId}`)).toHaveLength(2);
    expect((await read('&sort=-updatedAt'))[2]).toEqual(line);
    const foreign = await bed.send(bed.person(), 'GET', chosen);
    expect(foreign.body.errors).toMatchObject([{ pointer: '/fields', code: 'unknown_export_field' }]);
    expect(await rows(bed.person(), `${kind}/export?format=csv`)).toHaveLength(1);
    const user = bed.person('user', who.companyId);
    expect(await read('', user)).toHaveLength(1);
  });

  it.each([
    ['format=pdf', '/format'],
    ['format=csv&fields=idd', '/fields'],
    ['format=csv&limit=5', '/limit'],
    ['', '/format'],
  ])('is refused with %s', async (query, pointer) => {
    const { status, body } = await bed.send(who, 'GET', `${kind}/export?${query}`);
    expect([status, body.errors]).toMatchObject([422, [{ pointer }]]);
  });
});

it('goes on beyond a page, each record once, and holds no connection while nobody takes what was made', async () => {
  const who = bed.person();
  await bed.query(
    who,
    `insert into task (id, company_id, rep_id, external_id, subject)
     select uuidv7(), $1, $2, n::text, 'Call' from generate_series(1, 3500) n`,
    [who.companyId, newId()],
  );
  const read = await rows(who, 'tasks/export?format=csv&fields=externalId');
  expect(read.slice(1).map(({ texts }) => Number(texts[0]))).toEqual(Array.from({ length: 3_500 }, (_, n) => n + 1));
  const caller: Caller = {
    ...{
      companyId: who.companyId,
      actor: 'user:test',
      cause: 'request:test',
      userId: who.userId,
      role: 'administrator',
    },
    ...{ scopes: [], language: 'en', traceparent: '' },
  };
  const tasks = RECORD_KINDS.find(({ path }) => path === 'tasks');
  if (!tasks) throw new Error('unreachable');
  const clients = Array.from({ length: 12 }, () => stuckClient());
  const exports = bed.service.app.get(RecordExport);
  const sending = clients.map(({ response }) => exports.send(tasks, caller, { format: 'csv' }, response));
  await Promise.all(clients.map(({ stuck }) => stuck));
  expect(await bed.items(who, 'tasks?limit=1')).toHaveLength(1);
  for (const { response } of clients) response.destroy();
  await Promise.all(sending);
});

it('has a name that says what it is, and is not to be kept', async () => {
  const response = await bed.fetch(bed.person(), 'GET', 'customers/export?format=ods&language=de');
  await response.arrayBuffer();
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename\*=UTF-8''Kunden%20\d{4}-\d\d-\d\d\.ods$/,
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
});

/** A client that never takes what it was sent first. */
function stuckClient(): { response: ExpressResponse; stuck: Promise<void> } {
  const { promise: stuck, resolve } = Promise.withResolvers<void>();
  const response = new Writable({ write: () => resolve() });
  return { response: Object.assign(response, { setHeader: () => response }) as unknown as ExpressResponse, stuck };
}
