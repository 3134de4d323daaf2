import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customFieldsOfEntity, recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { ApiTestbed, KINDS } from '../testbed/api-testbed.js';

let bed: ApiTestbed;

beforeAll(async () => {
  bed = await ApiTestbed.start();
});
afterAll(() => bed?.service.stop());

const LABEL = { en: 'Size', de: 'Größe' };
const OPTIONS = [
  { code: 'L', label: { en: 'large', de: 'groß' } },
  { code: 'S', label: { en: 'small', de: 'klein' } },
];
const SIZE = { entity: 'task', name: 'size', type: 'selection', label: LABEL, options: OPTIONS };
type Who = ReturnType<ApiTestbed['person']>;

async function define(who: Who, field: object): Promise<string> {
  const { status, body } = await bed.send(who, 'POST', 'custom-fields', { label: LABEL, ...field });
  expect([status, body['errors']]).toEqual([201, undefined]);
  return String(body['id']);
}

describe('fields of the company', () => {
  it('are added, listed, changed and deleted; other services are told of them', async () => {
    const who = bed.person();
    const made = await bed.send(who, 'POST', 'custom-fields', SIZE);
    expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"']);
    expect(made.body).toMatchObject({ ...SIZE, description: { en: '', de: '' }, version: 1 });
    await define(who, { entity: 'customer', name: 'size', type: 'integer' });
    expect(await bed.items(who, 'custom-fields')).toHaveLength(2);
    expect(await bed.items(who, 'custom-fields?entity=task')).toEqual([made.body]);
    expect(await bed.items(bed.person(), 'custom-fields')).toEqual([]);
    const path = `custom-fields/${String(made.body['id'])}`;
    const patch = { label: { en: 'Shoe size', de: 'Schuhgröße' }, description: { de: 'EU' } };
    const changed = await bed.send(who, 'PATCH', path, patch, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ ...SIZE, label: patch.label, description: { en: '', de: 'EU' }, version: 2 });
    expect((await bed.send(who, 'PATCH', path, patch)).body['version']).toBe(2);
    expect((await bed.send(who, 'PATCH', path, patch, { 'if-match': '"1"' })).status).toBe(412);
    const request = { companyId: who.companyId, entity: 'task' };
    const asked = await bed.service.app.get(Questions).ask(customFieldsOfEntity, request);
    expect(asked.fields).toMatchObject([{ name: 'size', label: patch.label, options: OPTIONS }]);
    expect((await bed.send(bed.person(), 'DELETE', path)).body['code']).toBe('custom_field_not_found');
    expect((await bed.send(who, 'DELETE', path)).status).toBe(204);
    expect(await bed.items(who, 'custom-fields?entity=task')).toEqual([]);
  });

  it.each([
    [{ ...SIZE, name: 'a-b' }, '/name'],
    [{ ...SIZE, name: "x' or 'y" }, '/name'],
    [{ ...SIZE, type: 'recordId' }, '/type'],
    [{ ...SIZE, entity: 'user' }, '/entity'],
    [{ ...SIZE, label: { en: 'Size', de: ' ' } }, '/label/de'],
    [{ ...SIZE, options: [] }, '/options'],
    [{ ...SIZE, type: 'text' }, '/options'],
    [{ ...SIZE, options: [{ code: 'a;b', label: LABEL }] }, '/options/0/code'],
    [
      {
        ...SIZE,
        options: [
          { code: 'a', label: LABEL },
          { code: 'A ', label: LABEL },
        ],
      },
      '/options/1/code',
    ],
  ])('are refused as %j', async (field, pointer) => {
    const { status, body } = await bed.send(bed.person(), 'POST', 'custom-fields', field);
    expect([status, body.errors.map((error) => error['pointer'])]).toEqual([422, [pointer]]);
    expect(body.errors[0]?.['message']).toEqual(expect.any(String));
  });

  it('have a name once, keep name and type, and are 100 of an entity at most', async () => {
    const who = bed.person();
    const id = await define(who, { entity: 'report', name: 'f0', type: 'text' });
    const again = await bed.send(who, 'POST', 'custom-fields', {
      entity: 'report',
      name: 'f0',
      type: 'date',
      label: LABEL,
    });
    expect([again.status, again.body['code']]).toEqual([409, 'custom_field_name_taken']);
    expect((await bed.send(who, 'PATCH', `custom-fields/${id}`, { type: 'date' })).status).toBe(422);
    const answers = await Promise.all(
      Array.from({ length: 110 }, (_, n) =>
        bed.send(who, 'POST', 'custom-fields', { entity: 'report', name: `f${n + 1}`, type: 'text', label: LABEL }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 201).map(({ body }) => body['code']);
    expect(refused).toEqual(Array.from({ length: 11 }, () => 'custom_field_limit'));
  });

  it('are written by administrators only', async () => {
    const admin = bed.person();
    const user = bed.person('user', admin.companyId);
    expect((await bed.send(user, 'POST', 'custom-fields', SIZE)).status).toBe(403);
    await define(admin, SIZE);
    expect(await bed.items(user, 'custom-fields')).toHaveLength(1);
  });
});

describe.each(KINDS)('values of fields of the company in %s', (kind) => {
  const entity = kind.slice(0, -1);

  it('are written, patched and emptied one by one, by the rules of an import', async () => {
    const who = bed.person();
    for (const field of [{ ...SIZE, name: 'size' }, { name: 'count', type: 'integer' }, { name: 'day', type: 'date' }, { name: 'sure', type: 'yesNo' }, { name: 'constructor', type: 'text' }]) await define(who, { ...field, entity }); // prettier-ignore
    const own = { size: 'L', count: 7, day: '2026-03-14', sure: false, constructor: 'x' };
    const made = await bed.add(who, kind, { customFields: own });
    expect(made['customFields']).toEqual(own);
    const path = `${kind}/${made.id}`;
    const patched = await bed.send(who, 'PATCH', path, { customFields: { count: null, size: 'klein' } });
    expect(patched.body['customFields']).toEqual({ ...own, count: null, size: 'S' });
    expect((await bed.items(who, kind))[0]?.['customFields']).toEqual({ ...own, count: null, size: 'S' });
    const empty = { size: null, count: null, day: null, sure: null, constructor: null };
    expect((await bed.send(who, 'PATCH', path, { customFields: null })).body['customFields']).toEqual(empty);
    const faulty = { size: 'XL', count: 1.5, day: '30.2.2026', sure: 'yes', other: 1 };
    const { body } = await bed.send(who, 'PATCH', path, { customFields: faulty });
    expect(body.errors.map(({ pointer, code }) => [pointer, code]).sort()).toEqual([
      ['/customFields/count', 'invalid_value'],
      ['/customFields/day', 'invalid_value'],
      ['/customFields/other', 'unknown_property'],
      ['/customFields/size', 'unknown_code'],
      ['/customFields/sure', 'wrong_type'],
    ]);
    const noObject = await bed.send(who, 'PATCH', path, { customFields: ['a'] });
    expect(noObject.body.errors).toMatchObject([{ pointer: '/customFields', code: 'wrong_type' }]);
  });

  it('keep the options that they have', async () => {
    const who = bed.person();
    const id = await define(who, { ...SIZE, entity, type: 'multiSelection' });
    await bed.add(who, kind, { customFields: { size: 'small;large' } });
    const without = (code: string) => ({ options: OPTIONS.filter((option) => option.code !== code) });
    const refused = await bed.send(who, 'PATCH', `custom-fields/${id}`, without('S'));
    expect([refused.status, refused.body['code']]).toEqual([409, 'option_in_use']);
    const more = [...OPTIONS, { code: 'M', label: { en: 'medium', de: 'mittel' } }];
    expect((await bed.send(who, 'PATCH', `custom-fields/${id}`, { options: more })).status).toBe(200);
    expect((await bed.send(who, 'PATCH', `custom-fields/${id}`, { options: OPTIONS })).status).toBe(200);
  });

  it('are hidden at once when the field is deleted, then taken out of the records, and never come back', async () => {
    const who = bed.person();
    const id = await define(who, { entity, name: 'size', type: 'text' });
    const kept = await define(who, { entity, name: 'kept', type: 'text' });
    const repId = newId();
    const made = await bed.add(who, kind, { repId, customFields: { size: 'secret', kept: 'yes' } });
    expect((await bed.send(who, 'DELETE', `custom-fields/${id}`)).status).toBe(204);
    expect((await bed.send(who, 'GET', `${kind}/${made.id}`)).body['customFields']).toEqual({ kept: 'yes' });
    const stored = () => bed.query(who, `select custom_fields as own, version from ${entity} where id = $1`, [made.id]);
    await expect.poll(stored).toEqual([{ own: { kept: 'yes' }, version: 2 }]);
    const told = () => bed.service.events(recordsChanged).filter(({ data }) => data.updated.includes(made.id)).length;
    await expect.poll(told).toBe(1);
    const again = { entity, name: 'size', type: 'integer', label: LABEL };
    await expect.poll(async () => (await bed.send(who, 'POST', 'custom-fields', again)).status).toBe(201);
    expect((await bed.send(who, 'GET', `${kind}/${made.id}`)).body['customFields']).toEqual({
      kept: 'yes',
      size: null,
    });
    // Somebody wrote a value while the field was being deleted: it is taken out before another field has its name.
    await bed.send(who, 'DELETE', `custom-fields/${kept}`);
    await expect.poll(stored).toEqual([{ own: {}, version: expect.any(Number) }]);
    await bed.query(who, `update ${entity} set custom_fields = '{"kept": "late"}' where id = $1`, [made.id]);
    const late = { ...again, name: 'kept' };
    expect((await bed.send(who, 'POST', 'custom-fields', late)).body['code']).toBe('custom_field_being_removed');
    await expect.poll(async () => (await bed.send(who, 'POST', 'custom-fields', late)).status).toBe(201);
    expect((await bed.send(who, 'GET', `${kind}/${made.id}`)).body['customFields']).toMatchObject({ kept: null });
  });
});
