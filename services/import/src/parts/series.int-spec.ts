import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import type { ImportDto } from '../imports/import.dto.js';
import { Retention } from '../retention/retention.js';
import { csvOf, formOf } from '../test-support/forms.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import type { ImportPartsDto } from './parts.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

// Nobody answers chunks here: an import that would write could go on for ever, and lock the others out.
const configuration = customersConfiguration({ options: { validateOnly: true } });

type Answer = Partial<ImportDto> & { readonly status: number; readonly code?: string; readonly detail?: string };

async function answer(method: string, path: string, body?: object): Promise<Answer> {
  const response = await imports.send(method, path, body);
  return { ...((await response.json()) as object), status: response.status };
}

const arrive = (seriesId: string, part: number, parts: number, text: string, more: object = {}) =>
  answer('POST', '/imports', formOf(text, { seriesId, part, parts, configuration, ...more }, `c-${part}.csv`));

const open = (seriesId: string, more: object = {}) =>
  answer('POST', '/imports', { parts: { seriesId }, configuration, ...more });

const imported = () => imports.ask<{ items: ImportDto[] }>('GET', '/imports').then(({ items }) => items);

async function untilRead(id: string | undefined): Promise<ImportDto> {
  const look = async () => {
    const job = await imports.ask<ImportDto>('GET', `/imports/${id}`);
    return job.counters.read > 0 && job;
  };
  return vi.waitUntil(look, PATIENT);
}

describe('a series of unattended calls', () => {
  it('is one import, which starts with the last part that comes', async () => {
    const before = (await imported()).length;
    const first = await arrive('any-order', 3, 3, csvOf(5));
    expect(first).toMatchObject({ status: 202, state: 'draft', parts: { seriesId: 'any-order', missing: [1, 2] } });
    expect(await arrive('any-order', 1, 3, csvOf(1, 2))).toMatchObject({ id: first.id, state: 'draft' });
    expect(await arrive('any-order', 2, 3, csvOf(3, 4))).toMatchObject({ id: first.id, state: 'staging' });
    expect(await untilRead(first.id)).toMatchObject({ counters: { read: 5 }, parts: { closed: true, received: 3 } });
    expect((await imported()).length).toBe(before + 1);
  });

  it('starts once, however many of its parts come at the same time', async () => {
    const before = (await imported()).length;
    const parts = Array.from({ length: 6 }, (_, i) => i + 1);
    const answers = await Promise.all(parts.map((part) => arrive('at-once', part, 6, csvOf(`s${part}`))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ state }) => state !== 'draft')).toHaveLength(1);
    expect(await untilRead(answers[0]?.id)).toMatchObject({ counters: { read: 6 } });
    expect((await imported()).length).toBe(before + 1);
  });

  it('answers a part that comes once more as it was, and refuses another in its place', async () => {
    const first = await arrive('again', 1, 2, csvOf('g1'));
    expect(await arrive('again', 1, 2, csvOf('g1'))).toMatchObject({ status: 202, id: first.id, state: 'draft' });
    expect(await arrive('again', 1, 2, csvOf('g1', 'g2'))).toMatchObject({ status: 202, id: first.id, state: 'draft' });
    expect(await arrive('again', 2, 2, csvOf('g3'))).toMatchObject({ status: 202, id: first.id, state: 'staging' });
    expect(await arrive('again', 2, 2, csvOf('g3'))).toMatchObject({ status: 202, id: first.id });
    expect(await untilRead(first.id)).toMatchObject({ counters: { read: 3 } });
    // The first part that was sent was replaced since.
    for (const text of [csvOf('g1'), csvOf('h')]) {
      expect(await arrive('again', 1, 2, text)).toMatchObject({ status: 409, code: 'series_closed' });
    }
    expect(await open('again')).toMatchObject({ status: 409, code: 'series_closed' });
  });

  it('is answered with the import of the same content that goes on already', async () => {
    const first = await arrive('night-1', 1, 2, csvOf('n1'));
    await arrive('night-1', 2, 2, csvOf('n2'));
    const second = await arrive('night-2', 1, 2, csvOf('n1'));
    expect(second.id).not.toBe(first.id);
    expect(await arrive('night-2', 2, 2, csvOf('n2'))).toMatchObject({ status: 202, id: first.id });
    expect(await answer('GET', `/imports/${second.id}`)).toMatchObject({
      ...{ state: 'cancelled', problem: { code: 'import_running' } },
    });
    // One part with the content of all is another file.
    expect(await arrive('night-3', 1, 1, csvOf('n1', 'n2'))).toMatchObject({ status: 202, state: 'staging' });
  });

  it('needs all parts to have one configuration and one count', async () => {
    const first = await arrive('differs', 1, 3, csvOf('d1'));
    const other = customersConfiguration({ mode: 'create', options: { validateOnly: true } });
    expect(await arrive('differs', 2, 3, csvOf('d2'), { configuration: other })).toMatchObject({ status: 409, code: 'series_in_use' }); // prettier-ignore
    expect(await arrive('differs', 2, 2, csvOf('d2'))).toMatchObject({ status: 409, code: 'series_in_use' });
    expect(await arrive('differs', 2, 3, 'Id,Rep\r\n1,x\r\n')).toMatchObject({ status: 422, code: 'part_columns_differ' }); // prettier-ignore
    expect(await answer('GET', `/imports/${first.id}`)).toMatchObject({ parts: { received: 1 } });
  });

  it.each([
    ['without its number', { seriesId: 's', parts: 2 }, 'validation_failed'],
    ['without a count', { seriesId: 's', part: 2 }, 'validation_failed'],
    ['without a name', { part: 1, parts: 2 }, 'validation_failed'],
    ['beyond its count', { seriesId: 's', part: 3, parts: 2 }, 'part_out_of_range'],
    ['of nothing', { seriesId: 's', part: 1, parts: 0 }, 'validation_failed'],
    ['that is no number', { seriesId: 's', part: 'one', parts: 2 }, 'validation_failed'],
  ])('refuses a part %s', async (_, fields, code) => {
    const before = (await imported()).length;
    expect(await answer('POST', '/imports', formOf(csvOf(1), { ...fields, configuration }))).toMatchObject({ status: 422, code }); // prettier-ignore
    expect((await imported()).length).toBe(before);
  });

  it('stands on one Idempotency-Key a call', async () => {
    const send = (part: number, text: string, key: string) =>
      imports.send('POST', '/imports', formOf(text, { seriesId: 'keyed', part, parts: 2, configuration }), {
        'idempotency-key': key,
      });
    const [one, again, two] = [await send(1, csvOf('k1'), 'a'), await send(1, csvOf('k1'), 'a'), await send(2, csvOf('k2'), 'b')]; // prettier-ignore
    expect([one.status, again.status, two.status]).toEqual([202, 202, 202]);
    expect((await send(2, csvOf('k3'), 'b')).status).toBe(422);
  });
});

describe('a series by its name', () => {
  it('is one import for all who open it, and one of its own for each company', async () => {
    const [one, two] = await Promise.all([open('shared'), open('shared')]);
    expect(one).toMatchObject({ status: 202, id: two.id });
    expect(await open('shared', { parts: { seriesId: 'shared', count: 2 } })).toMatchObject({ id: one.id, parts: { count: 2 } }); // prettier-ignore
    expect(await open('shared', { parts: { seriesId: 'shared', count: 3 } })).toMatchObject({ code: 'series_in_use' });
    const foreign = await imports.ofAnotherCompany('POST', '/imports', {
      parts: { seriesId: 'shared' },
      configuration,
    });
    const theirs = (await foreign.json()) as ImportDto;
    expect(theirs).toMatchObject({ state: 'draft', parts: { seriesId: 'shared', count: null } });
    expect(theirs.id).not.toBe(one.id);
    for (const path of ['parts/1', 'parts/close']) {
      const method = path === 'parts/1' ? 'PUT' : 'POST';
      const body = path === 'parts/1' ? formOf(csvOf(1)) : { count: 1 };
      expect((await imports.ofAnotherCompany(method, `/imports/${one.id}/${path}`, body)).status).toBe(404);
    }
    expect(await answer('GET', `/imports/${theirs.id}/parts`)).toMatchObject({ status: 404 });
  });

  it('is free again when it was given up before all parts were in', async () => {
    const first = await open('given-up');
    expect(await answer('POST', `/imports/${first.id}/cancel`)).toMatchObject({ state: 'cancelled' });
    expect(await answer('PUT', `/imports/${first.id}/parts/1`, formOf(csvOf(1)))).toMatchObject({ code: 'import_state' }); // prettier-ignore
    expect(await answer('POST', `/imports/${first.id}/parts/close`, { count: 1 })).toMatchObject({ code: 'import_state' }); // prettier-ignore
    const second = await open('given-up');
    expect(second.id).not.toBe(first.id);
  });

  it('is closed or takes the part, whichever comes first', async () => {
    const { id } = await open('race', { then: 'plan' });
    await answer('PUT', `/imports/${id}/parts/1`, formOf(csvOf('r1')));
    const puts = Array.from({ length: 4 }, (_, i) => answer('PUT', `/imports/${id}/parts/1`, formOf(csvOf('r1', `r${i + 2}`)))); // prettier-ignore
    const closes = [1, 1, 2].map((count) => answer('POST', `/imports/${id}/parts/close`, { count }));
    const [put, close] = await Promise.all([Promise.all(puts), Promise.all(closes)]);
    expect(new Set(put.map(({ status, code }) => code ?? status))).toEqual(new Set([...put.filter(({ status }) => status === 200).map(() => 200), ...put.filter(({ status }) => status !== 200).map(() => 'parts_closed')])); // prettier-ignore
    expect(close.slice(0, 2).map(({ status }) => status)).toEqual([202, 202]);
    expect(close[2]?.status).toBe(409);
    const { items } = await imports.ask<ImportPartsDto>('GET', `/imports/${id}/parts`);
    expect(await untilRead(id)).toMatchObject({ counters: { read: items[0]?.rows }, parts: { count: 1 } });
  });

  it('is closed without a trace in anybody when nobody goes on with it for a week', async () => {
    const first = await arrive('idle', 1, 2, csvOf('i1'));
    const clean = (days: number) =>
      imports.service.app.get(Retention).clean(new Date(Date.now() + days * 24 * 60 * 60_000));
    await clean(6);
    expect(await answer('GET', `/imports/${first.id}`)).toMatchObject({ state: 'draft' });
    await clean(8);
    expect(await answer('GET', `/imports/${first.id}`)).toMatchObject({ state: 'cancelled', counters: { read: 0 } });
    const { items } = await imports.ask<ImportPartsDto>('GET', `/imports/${first.id}/parts`);
    const preview = `/uploads/${items[0]?.uploadId}/preview`;
    await clean(29);
    expect(await answer('GET', preview)).toMatchObject({ status: 200 });
    await clean(31);
    for (const path of [preview, `/uploads/${first.uploadId}/preview`]) {
      expect(await answer('GET', path)).toMatchObject({ status: 410, code: 'file_removed' });
    }
  });
});

describe('a part by a drop-in call', () => {
  const call = async (part: number, text: string, language: string) => {
    const query = `seriesId=drop-in&part=${part}&parts=2&language=${language}`;
    const response = await imports.send('POST', `/../api/ImportCustomers?${query}`, formOf(text, { importConfig: configuration }), { prefer: 'wait=0' }); // prettier-ignore
    return { status: response.status, text: await response.text() };
  };

  it('is answered with what is missing, the last one with the import', async () => {
    const first = await call(2, csvOf('p2'), 'de');
    expect(first.status).toBe(202);
    const [address = '', says] = first.text.split('\n');
    expect(says).toBe(
      `Teil des Imports ${address.split('/').at(-1)} erhalten. Es fehlt ein Teil: 1. Der Import beginnt mit dem letzten; siehe ${address}`,
    );
    const last = await call(1, csvOf('p1'), 'de');
    expect([last.status, last.text.split('\n')[0]]).toEqual([202, address]);
    expect(await untilRead(address.split('/').at(-1))).toMatchObject({ counters: { read: 2 } });
  });
});
