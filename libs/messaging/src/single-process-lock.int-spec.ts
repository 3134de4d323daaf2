import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase, PATIENT } from '@muster/testing';
import { HeldByAnotherProcess, SingleProcessLock } from './single-process-lock.js';

let db: TestDatabase;
let admin: pg.Client;

beforeAll(async () => {
  db = await createTestDatabase();
  admin = new pg.Client({ connectionString: db.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await db.drop();
});

const lockOf = (name: string, onLost = vi.fn(), patienceMs = 3_000) =>
  new SingleProcessLock({ url: db.adminUrl, name, refusal: `${name} is taken`, onLost, patienceMs });

/** The process ids of the sessions that hold (or wait for) an advisory lock of this database. */
async function sessions(name: string, granted: boolean): Promise<number[]> {
  const { rows } = await admin.query<{ pid: number }>(
    `select l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and a.application_name = $1 and a.datname = current_database() and l.granted = $2`,
    [`${name}-lock`, granted],
  );
  return rows.map(({ pid }) => pid);
}

it('refuses a second holder, in its own words', async () => {
  const [first, second, other] = [lockOf('refused'), lockOf('refused'), lockOf('other')];
  await first.take();
  await expect(second.take()).rejects.toThrow(new HeldByAnotherProcess('refused is taken'));
  await other.take();
  await Promise.all([first, second, other].map((lock) => lock.release()));
});

it('waits a moment for a holder that is about to let go, and can be taken again', async () => {
  const [first, second] = [lockOf('handed over'), lockOf('handed over', vi.fn(), PATIENT.timeout)];
  await first.take();
  const taken = second.take();
  await vi.waitFor(async () => expect(await sessions('handed over', false)).toHaveLength(1), PATIENT);
  await first.release();
  await taken;
  await second.release();
  await first.take();
  await first.release();
});

it('is taken again when the database ends its session', async () => {
  const onLost = vi.fn();
  const lock = lockOf('broken', onLost);
  await lock.take();
  const [before] = await sessions('broken', true);
  await admin.query('select pg_terminate_backend($1)', [before]);
  await vi.waitFor(async () => {
    const [now] = await sessions('broken', true);
    expect(now).toEqual(expect.any(Number));
    expect(now).not.toBe(before);
  }, PATIENT);
  await lock.release();
  expect(await sessions('broken', true)).toEqual([]);
  expect(onLost).not.toHaveBeenCalled();
});
