import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Problem, describeCompany } from '@muster/contracts';
import { createDataSource, migrate, newId, UnitOfWork } from '@muster/persistence';
import { createInProcessQuestions, Idempotency, Questions, type Caller } from '@muster/platform';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { IMPORT_DATABASE } from '../database.js';
import { PartRepository } from '../parts/part.repository.js';
import { FileStore } from '../files/file-store.js';
import { CompanyProfile } from './company-profile.js';
import { UploadReader } from './upload-reader.js';
import { UploadRepository } from './upload.repository.js';
import { UploadsService, type AcceptedUpload } from './uploads.service.js';

const ROW_LIMIT = 5;
const CSV = 'Rep;Name\nr;a\nr;b\n';

describe('UploadsService', () => {
  const company = {
    ...{ name: 'C', language: 'en', timeZone: 'Europe/Vienna', country: 'AT' },
    ...{ importRowLimit: ROW_LIMIT, importByteLimit: 100_000 },
  } as const;
  const caller: Caller = {
    ...{ companyId: newId(), actor: 'user:x', cause: 'request:test', userId: newId(), role: 'administrator' },
    ...{ scopes: [], language: 'en', traceparent: '' },
  };
  const repository = new UploadRepository();
  let folder: string;
  let database: TestDatabase;
  let dataSource: DataSource;
  let uow: UnitOfWork;
  let uploads: UploadsService;

  beforeAll(async () => {
    database = await createTestDatabase();
    await migrate(IMPORT_DATABASE, database.urls.import.ownerUrl);
    folder = await mkdtemp(join(tmpdir(), 'muster-uploads-'));
    dataSource = await connected();
    uow = new UnitOfWork(dataSource, IMPORT_DATABASE);
    uploads = service(uow);
  });
  afterEach(() => rm(join(folder, caller.companyId), { recursive: true, force: true }));
  afterAll(async () => {
    await dataSource?.destroy();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  function connected(): Promise<DataSource> {
    return createDataSource(IMPORT_DATABASE, database.urls.import).initialize();
  }

  function service(work: UnitOfWork): UploadsService {
    const transport = createInProcessQuestions();
    new Questions('user-admin', transport).answer(describeCompany, async () => company);
    const companies = new CompanyProfile(new Questions('import', transport));
    const idempotency = new Idempotency(work, { name: 'import', title: 'Import' });
    return new UploadsService(
      work,
      repository,
      new PartRepository(),
      new UploadReader(new FileStore(folder)),
      companies,
      idempotency,
    );
  }

  /** What `handle` makes of a form that is sent over HTTP. */
  async function send<T>(
    parts: Record<string, string | File>,
    handle: (...args: Parameters<UploadsService['accept']>) => Promise<T>,
  ): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const server = createServer((request, response) => {
      void handle(caller, request).finally(() => response.end()).then(resolve, reject); // prettier-ignore
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const form = new FormData();
    for (const [name, value] of Object.entries(parts)) form.append(name, value);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const [result] = await Promise.allSettled([promise, fetch(url, { method: 'POST', body: form })]);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  }

  const csvFile = (text: string | Uint8Array<ArrayBuffer> = CSV) => new File([text], 'a.csv');
  const accept = (parts: Record<string, string | File> = { file: csvFile() }): Promise<AcceptedUpload> =>
    send(parts, (sender, request) => uploads.accept(sender, request));
  const create = (parts: Record<string, string | File>, key?: string) =>
    send(parts, (sender, request) => uploads.create(sender, request, key));
  const files = () => readdir(join(folder, caller.companyId)).catch(() => [] as string[]);

  describe('the file of an upload', () => {
    it('stays with the row, and goes with a row that was rolled back', async () => {
      const [kept, refused] = [await accept(), await accept()];
      const insert = ({ upload }: AcceptedUpload, then: () => Promise<string>) =>
        uploads.keepFileIfKept(upload, () =>
          uow.run(caller, async (manager) => {
            await repository.insert(manager, upload);
            return then();
          }),
        );
      await expect(insert(kept, () => Promise.resolve('done'))).resolves.toBe('done');
      await expect(insert(refused, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await files()).toEqual([kept.upload.id]);
    });

    it('stays when the answer to COMMIT is lost', async () => {
      const { upload } = await accept();
      const done = uploads.keepFileIfKept(upload, async () => {
        await uow.run(caller, (manager) => repository.insert(manager, upload));
        throw new Error('connection lost');
      });
      await expect(done).rejects.toThrow('connection lost');
      expect(await files()).toEqual([upload.id]);
    });

    it('stays when COMMIT is still under way while its answer is lost', async () => {
      const { upload } = await accept();
      const [inserted, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const committed = uow.run(caller, async (manager) => {
        await repository.insert(manager, upload);
        inserted.resolve();
        await goOn.promise;
      });
      const done = uploads.keepFileIfKept(upload, async () => {
        await inserted.promise;
        throw new Error('connection lost');
      });
      done.catch(() => undefined);
      await expect.poll(waitingForLock).toBe(true);
      goOn.resolve();
      await committed;
      await expect(done).rejects.toThrow('connection lost');
      expect(await files()).toEqual([upload.id]);
    });

    it('stays when the database does not answer the look-up, and the answer is that of the work', async () => {
      const { upload } = await accept();
      const own = await connected();
      const done = service(new UnitOfWork(own, IMPORT_DATABASE)).keepFileIfKept(upload, async () => {
        await own.destroy();
        return 'done';
      });
      await expect(done).resolves.toBe('done');
      expect(await files()).toEqual([upload.id]);
    });

    it('is no reason for another answer when it cannot be removed', async () => {
      const { upload } = await accept();
      const path = join(folder, upload.companyId, upload.id);
      await rm(path);
      await mkdir(path);
      await expect(uploads.keepFileIfKept(upload, () => Promise.resolve('answer of before'))).resolves.toBe(
        'answer of before',
      );
    });

    async function waitingForLock(): Promise<boolean> {
      const [found] = await dataSource.query<{ waiting: boolean }[]>(
        `select exists (select from pg_locks where locktype = 'advisory' and not granted) as waiting`,
      );
      return found?.waiting ?? false;
    }
  });

  describe('a form', () => {
    it.each([
      ['encoding', 'ebcdic'],
      ['delimiter', '\0'],
      ['delimiter', 'x'],
    ])('with %s %j is not valid', async (field, value) => {
      const refused = accept({ file: csvFile(), [field]: value });
      await expect(refused).rejects.toMatchObject({ code: 'validation_failed', errors: [{ pointer: `/${field}` }] });
      expect(await files()).toEqual([]);
    });

    it('says how the file is read', async () => {
      const { upload } = await accept({ file: csvFile('a,b;c\n1,2;3\n'), delimiter: ',', encoding: 'iso-8859-1' });
      expect(upload.source).toMatchObject({ delimiter: ',', encoding: 'iso-8859-1', columns: ['a', 'b;c'] });
    });

    it('with NUL in the header of its file is refused, and nothing stays', async () => {
      await expect(accept({ file: csvFile('a\0;b\n1;2\n') })).rejects.toMatchObject({ code: 'file_unreadable' });
      expect(await files()).toEqual([]);
    });

    it('is stored with a file name of any length and any characters', async () => {
      const name = `${'x'.repeat(254)}😀😀.csv`;
      const { id, fileName } = await create({ file: new File([CSV], name) });
      expect(fileName).toBe(`${'x'.repeat(254)}😀`);
      expect(await uploads.get(caller, id)).toMatchObject({ fileName });
    });

    it('is repeated when every part of it is the same', async () => {
      const first = await create({ file: csvFile(), encoding: 'utf-8', delimiter: ';' }, 'k');
      const second = await create({ delimiter: ';', encoding: 'utf-8', file: csvFile() }, 'k');
      expect(second.id).toBe(first.id);
      expect(await files()).toEqual([first.id]);
      const other = create({ file: csvFile(), encoding: 'windows-1252', delimiter: ';' }, 'k');
      await expect(other).rejects.toMatchObject({ code: 'idempotency_key_reused' });
      expect(await files()).toEqual([first.id]);
    });
  });

  it('previews with another quote than was recognised, and with that which was', async () => {
    const upload = await create({ file: csvFile(`Rep;Name\nr;'Ann;B'\nr;"Cid"\n`) });
    expect(upload.source).toMatchObject({ quote: '"' });
    const cellsOf = async (quote?: string) =>
      (await uploads.preview(caller, upload.id, { ...(quote !== undefined && { quote }) })).rows.map(
        ({ cells }) => cells,
      );
    expect(await cellsOf("'")).toEqual([['r', 'Ann;B'], ['r', '"Cid"']]); // prettier-ignore
    expect(await cellsOf('"')).toEqual(await cellsOf());
    expect((await cellsOf())[1]).toEqual(['r', 'Cid', '']);
  });

  it('previews more rows than there are below the recognised header, up to the limit of the company', async () => {
    const file = csvFile('Customers;;;\n\nRep;Name;City;Notes\nr;a;b;c\nr;d;e;f\n');
    const upload = await create({ file });
    expect(upload).toMatchObject({ rows: 2, source: { headerRow: 3 } });
    const { rows } = await uploads.preview(caller, upload.id, { headerRow: 1 });
    expect(rows.map(({ row }) => row)).toEqual([3, 4, 5]);
    await expect(create({ file: csvFile(`${CSV}${'r;c\n'.repeat(ROW_LIMIT)}`) })).rejects.toThrow(Problem);
  });
});
