import type { Id } from '@muster/contracts';
import { get } from '../../services/standalone/src/demo/http.js';
import { filters, middles, SORTS, supervisors } from './cases.js';
import { ADMINISTRATOR, startBenchServer, type BenchServer } from './server.js';

const REPEATS = 7;
/** Of which the output says most. */
const SLOWEST = 15;

const print = (text: string) => process.stdout.write(`${text}\n`);

/** Milliseconds. */
interface Figures {
  readonly times: readonly number[];
  readonly p50: number;
  readonly most: number;
}

interface Case extends Figures {
  readonly name: string;
}

/**
 * Milliseconds of a page of 50 of `GET /v1/users`, by filter and by who asks: of all orders, first pages and pages from the
 * middle on, the median of the medians and the slowest page of all. Beside it the least that a page can cost.
 * Usage: npm run bench -- users [accounts]
 */
export async function benchUsers(accounts: number): Promise<void> {
  const server = await startBenchServer(accounts);
  try {
    await makeSupervisors(server);
    const cursors = await middles(server.client);
    print(`\nA page of 50 of ${accounts.toLocaleString('en')} accounts; median, the slowest page, and its order, ms`);
    const all: Case[] = [];
    for (const [reader, email] of [['administrator', ADMINISTRATOR], ...emails(server.groups)] as const) {
      const bare = await bareQuery(server);
      print(`\n${reader.padEnd(40)} bare query: ${ms(bare.p50)} ${ms(bare.most)}`);
      for (const [filter, query] of filters(server.groups)) {
        // Tokens live for minutes.
        const token = await server.signIn(email);
        const cases = await measureOrders(`${server.url}/v1/users?${query}`, token, cursors);
        const slowest = cases.toSorted((a, b) => b.most - a.most)[0];
        const p50 = percentile(
          cases.map((one) => one.p50),
          0.5,
        );
        if (slowest) print(`  ${filter.padEnd(38)} ${ms(p50)} ${ms(slowest.most)}  ${slowest.name}`);
        all.push(...cases.map((one) => ({ ...one, name: `${reader}; ${filter}; ${one.name}` })));
      }
    }
    summary(all);
  } finally {
    await server.stop();
  }
}

function summary(all: readonly Case[]): void {
  const times = all.flatMap((one) => one.times);
  const parts = [0.5, 0.95, 0.99, 0.999].map((part) => `p${part * 100} ${ms(percentile(times, part)).trim()}`);
  print(`\n${times.length} pages: ${parts.join(', ')}, slowest ${ms(Math.max(...times)).trim()} ms`);
  const within = all.filter(({ p50 }) => p50 < 50).length;
  print(
    `${all.length} cases, ${within} of them below 50 ms in the median; the slowest, median and slowest page in ms:`,
  );
  const slowest = all.toSorted((a, b) => b.p50 - a.p50).slice(0, SLOWEST);
  for (const { name, p50, most } of slowest) print(`  ${ms(p50)} ${ms(most)}  ${name}`);
}

async function measureOrders(url: string, token: string, cursors: ReadonlyMap<string, string>): Promise<Case[]> {
  const cases: Case[] = [];
  for (const sort of SORTS) {
    for (const cursor of [undefined, cursors.get(sort)]) {
      const page = `${url}&sort=${sort}${cursor === undefined ? '' : `&cursor=${cursor}`}`;
      const figures = await measure(() => get(page, token));
      cases.push({ name: `${sort}${cursor === undefined ? '' : ' from the middle'}`, ...figures });
    }
  }
  return cases;
}

/** What any page costs at least: one index, no company, no rights. */
function bareQuery({ client }: BenchServer): Promise<Figures> {
  return measure(() => client.query('select * from user_account order by id limit 50'));
}

async function measure(work: () => Promise<unknown>): Promise<Figures> {
  const times: number[] = [];
  for (let no = 0; no < REPEATS; no++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return { times, p50: percentile(times, 0.5), most: Math.max(...times) };
}

function percentile(values: readonly number[], part: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? 0;
}

function ms(time: number): string {
  return time.toFixed(1).padStart(6);
}

function emails(groups: readonly Id[]): [string, string][] {
  return [...supervisors(groups).keys()].map((name, no) => [name, `supervisor${no}@example.com`]);
}

/** Accounts of supervisors with the administrator's password, at the end of the list. */
async function makeSupervisors({ client, companyId, groups }: BenchServer): Promise<void> {
  for (const [no, ofThem] of [...supervisors(groups).values()].entries()) {
    await client.query(
      `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level,
         has_own_schedule, language, group_ids, password_hash)
       select uuidv7(), $1, 'staff', $2, $2, $2, 1, false, 'en', $3,
              (select password_hash from user_account where email = $4)`,
      [companyId, `supervisor${no}@example.com`, ofThem, ADMINISTRATOR],
    );
  }
}
