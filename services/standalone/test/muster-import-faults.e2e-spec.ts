import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newCompany, type Tenant } from './api.js';
import { expectWhole } from './expect-whole.js';
import type { Fate } from './line.js';
import { importIn, MusterCommand, stepsOf, type Ended } from './muster-command.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';

const REPS = 3;
const ROWS = 2_500;
const COMMON = ['customers.csv', '--configuration', 'c.importcfg', '--part-rows', '1000', '--json'];

describe('muster import, when something breaks', () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  let command: MusterCommand;

  beforeAll(async () => {
    system = await standaloneSystem();
    command = await MusterCommand.at(system.url);
    await command.customersFile(ROWS, REPS);
  });
  beforeEach(async () => {
    tenant = await newCompany(system, REPS);
  });
  afterEach(() => command.reset());
  afterAll(async () => {
    await command?.close();
    await system?.stop();
  });

  /** Lets this happen to each request once, with no look at what is asked for by it. @returns which ones it happened to */
  function once(happens: (request: string) => Fate): Set<string> {
    const seen = new Set<string>();
    command.line.before = (request) => {
      const [what = request] = request.split('?');
      if (seen.has(what)) return 'pass';
      seen.add(what);
      return happens(request);
    };
    return seen;
  }

  /** All is done, and all of it once. */
  async function expectDone(ended: Ended): Promise<void> {
    const { code, err } = ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    await expectWhole(system, tenant, importIn(ended.out), ROWS);
    const { items = [] } = (await tenant.client.GET('/v1/imports', {})).data ?? {};
    expect(items.map(({ id, parts }) => [id, parts?.received])).toEqual([[importIn(ended.out).id, 3]]);
    const points = await tenant.client.GET('/v1/restore-points', {});
    expect(points.data?.items.filter(({ importId }) => importId === importIn(ended.out).id)).toHaveLength(1);
  }

  const retried = ({ out }: Ended) => stepsOf(out).filter(({ event }) => event === 'retry').map(({ reason }) => reason); // prettier-ignore

  it.each<[string, Fate]>([
    ['no byte of the request arrives', { request: 0 }],
    ['the head of the request breaks', { request: 0.0005 }],
    ['a third of the request arrives', { request: 0.34 }],
    ['the last byte of the request is missing', { request: 1 }],
    ['no byte of the answer comes back', { answer: 0 }],
    ['the head of the answer breaks', { answer: 0.02 }],
    ['two thirds of the answer come back', { answer: 0.67 }],
    ['the last byte of the answer is missing', { answer: 1 }],
  ])('%s, of each request: it is done, and once', async (_, fate) => {
    const hit = once(() => fate);
    const ended = await command.run(tenant, ...COMMON);
    await expectDone(ended);
    expect([...hit].filter((what) => what.startsWith('P'))).toEqual([
      'POST /v1/imports',
      ...[1, 2, 3].map((part) => `PUT /v1/imports/${importIn(ended.out).id}/parts/${part}`),
      `POST /v1/imports/${importIn(ended.out).id}/parts/close`,
    ]);
    expect(retried(ended)).toHaveLength(hit.size);
  });

  it('pages of proxies in place of answers are waited out, where Muster has been', async () => {
    const statuses = [429, 500, 502, 503, 504, 200, 404, 408];
    let next = 0;
    let answered = false;
    once(() => {
      if (!answered) {
        answered = true;
        return 'pass';
      }
      return { status: statuses[next++ % statuses.length] ?? 503 };
    });
    const ended = await command.run(tenant, ...COMMON);
    await expectDone(ended);
    expect(retried(ended)).toEqual(expect.arrayContaining(statuses.map(String)));
  });

  it.each([
    [200, 2, 'http_200'],
    [302, 2, 'http_302'],
    [404, 2, 'http_404'],
    [503, 4, 'unreachable'],
  ])('a page of somebody else, %d, in place of the first answer: code %d', async (status, code, problem) => {
    command.line.before = () => ({ status });
    const ended = await command.run(tenant, ...COMMON, '--patience', '0');
    expect([ended.code, (JSON.parse(ended.err) as { code: string }).code]).toEqual([code, problem]);
  });

  it('answers to close, plan and run are lost: what was asked for is done, and once', async () => {
    const lost: string[] = [];
    const lose = () =>
      once((request) => {
        if (!/^POST .*\/(close|plan|run)$/.test(request)) return 'pass';
        lost.push(request.split('/').at(-1) ?? '');
        return { answer: 0 };
      });
    lose();
    const planned = await command.run(tenant, ...COMMON, '--then', 'stage');
    expect([planned.code, importIn(planned.out).state]).toEqual([0, 'staged']);
    const plan = await command.run(tenant, ...COMMON, '--then', 'plan');
    expect([plan.code, importIn(plan.out)]).toMatchObject([0, { state: 'planned', plan: { created: ROWS } }]);
    await expectDone(await command.run(tenant, ...COMMON));
    expect(lost).toEqual(['close', 'plan', 'run']);
  });

  it('the answer to giving up parts that were too large is lost: smaller ones come in', async () => {
    await tenant.client.PATCH('/v1/company', {
      params: { header: { 'If-Match': '*' } },
      body: { importRowLimit: 500 },
    });
    const { data: key } = await tenant.client.POST('/v1/api-keys', { body: { name: 'erp', scopes: ['imports:read', 'imports:write'] } }); // prettier-ignore
    const connector = { ...tenant, token: key?.apiKey ?? '' };
    once((request) => (request.endsWith('/cancel') ? { answer: 0 } : 'pass'));
    const { code, err, out } = await command.run(connector, ...COMMON);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(importIn(out)).toMatchObject({ state: 'completed', counters: { created: ROWS } });
    const { data } = await tenant.client.GET('/v1/imports', { params: { query: { state: ['cancelled'] } } });
    expect(data?.items).toHaveLength(1);
  });

  it('kill -9 of the server as each request comes in, and after each is carried out: it is done, and once', async () => {
    let restarted = Promise.resolve();
    let kills = 0;
    const restart = async () => {
      kills++;
      await system.kill();
      await system.start();
    };
    const isMeant = (request: string) => /^POST \/v1\/imports$|\/parts\/[23]$|\/close$/.test(request);
    const before = once((request) => {
      if (isMeant(request)) restarted = restarted.then(restart);
      return 'pass';
    });
    const after = new Set<string>();
    command.line.after = (request) => {
      if (!isMeant(request) || !before.has(request) || after.has(request)) return false;
      after.add(request);
      restarted = restarted.then(restart);
      return true;
    };
    const ended = await command.run(tenant, ...COMMON);
    await restarted;
    await expectDone(ended);
    expect(kills).toBe(8);
  });
});
