import pg from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Id } from '@muster/contracts';
import { createDataSource, migrate, newId, UnitOfWork } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { CUSTOMER_TABLE } from '../customers/customer-table.js';
import { FIELD_DATA_DATABASE } from '../database.js';
import type { ListRequest } from '../record-api/list-filter.js';
import { RecordPages } from '../record-api/record-page.repository.js';
import { explain } from '../testbed/explain.js';
import { withCustomColumns } from './record-table.js';
import { RecordRepository } from './record.repository.js';
import { ReferenceRepository } from './reference.repository.js';

const COMPANIES = 4;
const REPS_OF_EACH = 2;
const CUSTOMERS_OF_EACH = 25_000;

const TEXT = { en: '', de: '' };
const NUMBER = { name: 'number', type: 'text', label: TEXT, description: TEXT, options: [] } as const;

/** What stands in PostgreSQL's way here are row-level security and the planner's guesses: these plans are the app role's. */
describe('the plans of statements over 200,000 customers', () => {
  const companies = Array.from({ length: COMPANIES }, () => ({
    id: newId(),
    reps: Array.from({ length: REPS_OF_EACH }, newId),
  }));
  const records = new RecordRepository();
  const references = new ReferenceRepository();
  const pages = new RecordPages();
  let database: TestDatabase;
  let dataSource: DataSource;
  let admin: pg.Client;
  let ids: Id[];

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(FIELD_DATA_DATABASE, database.urls['field-data'].ownerUrl);
    dataSource = await createDataSource(FIELD_DATA_DATABASE, database.urls['field-data']).initialize();
    admin = new pg.Client({ connectionString: database.adminUrl, options: '-c search_path=field_data' });
    await admin.connect();
    // Without triggers: the change log and the words are written afterwards.
    await admin.query('set session_replication_role = replica');
    await admin.query('alter table customer set (autovacuum_enabled = false)');
    for (const company of companies) {
      await admin.query(
        `insert into customer (id, company_id, rep_id, external_id, name1, city, updated_at, custom_fields)
         select gen_random_uuid(), $1, rep, n::text, 'Name ' || n, 'City ' || n % 500, now() - make_interval(secs => n),
                jsonb_build_object('number', n::text)
         from unnest($2::uuid[]) rep, generate_series(1, $3) n`,
        [company.id, company.reps, CUSTOMERS_OF_EACH],
      );
    }
    await admin.query(
      `insert into customer_change (company_id, rep_id, record_id, xid, at, op, cause, actor)
       select company_id, rep_id, id, pg_current_xact_id(), updated_at, 'I', 'import:' || company_id, 'system' from customer`,
    );
    const rows = await admin.query<{ id: string }>(`select id from customer where rep_id = $1 limit 500`, [
      companies[1]?.reps[1],
    ]);
    ids = rows.rows.map(({ id }) => id.replaceAll('-', ''));
  });
  afterAll(async () => {
    await admin?.end();
    await dataSource?.destroy();
    await database?.drop();
  });

  /** Runs `work` as the app role and explains every statement that it sent: none reads the whole table. @returns the indexes of each */
  async function indexesOf(
    work: (manager: EntityManager, company: Id, rep: Id) => Promise<unknown>,
  ): Promise<string[][]> {
    const company = companies[1];
    const rep = company?.reps[1];
    if (!company || !rep) throw new Error('unreachable');
    const uow = new UnitOfWork(dataSource, FIELD_DATA_DATABASE);
    return uow.run({ companyId: company.id, actor: 'system', cause: 'request:test' }, async (manager) => {
      const plans = await explain(manager, () => work(manager, company.id, rep));
      expect(plans.flatMap(({ nodes }) => nodes).filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      return plans.map(({ nodes }) => nodes.flatMap((node) => node['Index Name'] ?? []));
    });
  }

  const keys = Array.from({ length: 500 }, (_, i) => String(i * 7 + 1));

  it('without statistics: the table is not read as a whole either', async () => {
    await indexesOf(async (manager, _, rep) => {
      await records.findByExternalId(manager, CUSTOMER_TABLE, ['name1'], rep, keys);
      await records.lock(manager, CUSTOMER_TABLE, ids);
      await records.update(
        manager,
        CUSTOMER_TABLE,
        ['city'],
        ids.map((id) => ({ id, values: { city: 'x' } })),
      );
    });
  });

  describe('with statistics', () => {
    beforeAll(() => admin.query('vacuum analyze customer, customer_change'));

    it('by external id', async () => {
      const used = await indexesOf((manager, _, rep) =>
        records.findByExternalId(manager, CUSTOMER_TABLE, ['name1', 'city'], rep, keys),
      );
      expect(used).toEqual([['UQ_customer_external_id']]);
    });

    it('by external ids that only the recycle bin may have', async () => {
      const used = await indexesOf((manager, _, rep) =>
        records.findByExternalId(
          manager,
          CUSTOMER_TABLE,
          ['name1'],
          rep,
          keys.map((key) => `new ${key}`),
        ),
      );
      expect(used).toEqual([['UQ_customer_external_id'], ['IDX_customer_binned']]);
    });

    it('by external id at the company’s other reps', async () => {
      const used = await indexesOf((manager, _, rep) =>
        records.findElsewhere(
          manager,
          CUSTOMER_TABLE,
          ['name1'],
          rep,
          { fields: ['externalId'] },
          keys.map((key) => [key]),
        ),
      );
      expect(used).toEqual([['UQ_customer_external_id', 'PK_customer_change']]);
    });

    it('by what other records refer to', async () => {
      const used = await indexesOf(async (manager, _, rep) => {
        await references.find(manager, CUSTOMER_TABLE, rep, keys, ids);
        await references.externalIds(manager, CUSTOMER_TABLE, ids);
      });
      const byId = expect.stringMatching(/^PK_customer$|^IDX_customer_(?:rep|id)$/);
      expect(used).toEqual([['UQ_customer_external_id', byId], [byId]]);
    });

    it('by id, locking and updating', async () => {
      const used = await indexesOf(async (manager, _, rep) => {
        await records.findById(manager, CUSTOMER_TABLE, ['name1'], rep, ids);
        await records.lock(manager, CUSTOMER_TABLE, ids);
        await records.update(
          manager,
          CUSTOMER_TABLE,
          ['city'],
          ids.map((id) => ({ id, values: { city: 'x' } })),
        );
      });
      const byId = [expect.stringMatching(/^PK_customer$|^IDX_customer_(?:rep|id)$/)];
      expect(used).toEqual([byId, byId, byId]);
    });

    it('by other fields: all records of the rep, and of no other', async () => {
      const used = await indexesOf((manager, _, rep) =>
        records.findByValues(
          manager,
          CUSTOMER_TABLE,
          ['name1'],
          rep,
          { fields: ['city', 'name1'] },
          keys.map((key) => [key, key]),
        ),
      );
      expect(used).toEqual([[expect.stringMatching(/^IDX_customer_rep$|^UQ_customer_external_id$/)]]);
    });

    it.each([
      ['a field of the company', ['customFields.number']],
      ['a field of the company and columns', ['city', 'customFields.number', 'name1']],
    ])('by %s, once the keys are kept, at the rep and at the company’s other reps', async (_title, keyFields) => {
      const set = newId();
      const paths = keyFields.map((field) => field.replace('customFields', 'custom_fields')).toSorted();
      await admin.query(`select set_config('muster.company', $1, false)`, [companies[1]?.id]);
      await admin.query(`insert into key_set (id, company_id, entity, paths) values ($1, $2, 'customer', $3)`, [
        ...[set, companies[1]?.id, paths],
      ]);
      await admin.query(`select fill_key_set($1, 100000)`, [set]);
      const used = await indexesOf(async (manager, _, rep) => {
        const own = withCustomColumns(CUSTOMER_TABLE, [NUMBER]);
        const wanted = keys.map((one) => keyFields.map(() => one));
        await records.findByValues(manager, own, ['name1'], rep, { fields: keyFields, set }, wanted);
        await records.findElsewhere(manager, own, ['name1'], newId(), { fields: keyFields, set }, wanted);
      });
      const byId = expect.stringMatching(/^PK_customer$|^IDX_customer_(?:rep|id)$/);
      expect(used.map((indexes) => indexes.length)).toEqual([2, 3]);
      expect(used[0]).toEqual(expect.arrayContaining(['PK_record_key', byId]));
      expect(used[1]).toEqual(expect.arrayContaining(['PK_record_key', byId, 'PK_customer_change']));
    });

    const SINCE = new Date('2020-01-01T00:00:00Z');
    const place = (by: 'id' | 'updatedAt') => ({ ...(by === 'updatedAt' && { updatedAt: '2026-01-01T00:00:00.000000Z' }), id: ids[0] ?? '' }); // prettier-ignore
    const all: Omit<ListRequest, 'after' | 'order'> = { repIds: null, words: [], limit: 51 };

    it.each([
      ['of the company', 'id', () => ({}), /^IDX_customer_id$/],
      ['of a rep', 'id', (rep: Id) => ({ repIds: [rep] }), /^IDX_customer_(rep|id)$/],
      ['of changes', 'updatedAt', () => ({ updatedSince: SINCE }), /^IDX_customer_updated$/],
      ['of an external id', 'id', () => ({ externalId: '17' }), /^UQ_customer_external_id$/],
    ] as const)('a page %s, the first and a later one, in both directions', async (_title, by, filter, index) => {
      const used = await indexesOf(async (manager, company, rep) => {
        for (const direction of ['asc', 'desc'] as const) {
          for (const after of [undefined, place(by)]) {
            const request = { ...all, ...filter(rep), order: { by, direction }, after };
            await pages.list(manager, CUSTOMER_TABLE, company, request);
          }
        }
      });
      expect(used).toHaveLength(4);
      for (const indexes of used) expect(indexes).toEqual([expect.stringMatching(index)]);
    });

    it.each([
      ['a word of one record', ['31']],
      ['a word of all', ['name']],
      ['two words', ['name', '4']],
      ['a word of nobody', ['zzz']],
    ])('a page of what is found by %s', async (_title, words) => {
      for (const by of ['id', 'updatedAt'] as const) {
        const used = await indexesOf((manager, company) =>
          pages.list(manager, CUSTOMER_TABLE, company, {
            ...all,
            words,
            order: { by, direction: 'asc' },
            after: undefined,
          }),
        );
        expect(used).toEqual([[by === 'id' ? 'IDX_customer_id' : 'IDX_customer_updated']]);
      }
    });

    it('pages of a supervisor of many reps, and of few', async () => {
      for (const reps of [1, 300]) {
        await indexesOf((manager, company, rep) => {
          const repIds = [rep, ...Array.from({ length: reps }, newId)];
          return pages.list(manager, CUSTOMER_TABLE, company, {
            ...all,
            repIds,
            order: { by: 'id', direction: 'asc' },
            after: undefined,
          });
        });
      }
    });
  });
});
