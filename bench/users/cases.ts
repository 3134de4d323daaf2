import type { Id } from '@muster/contracts';
import { encodeCursor } from '@muster/platform';
import type pg from 'pg';

/** What of the list is asked for, by the name in the output. */
export function filters(groups: readonly Id[]): ReadonlyMap<string, string> {
  const [region = '', lastRegion = '', everywhere = '', team = ''] = [groups[0], groups[99], groups[100], groups[150]];
  const states = ['none', 'created', 'sent', 'delivered', 'failed', 'used', 'disabled'];
  return new Map([
    ['all', ''],
    ['q: one letter', 'q=m'],
    ['q: a first name', 'q=greta'],
    ['q: a first name and a letter', 'q=greta%20m'],
    ['q: two letters', 'q=a%20m'],
    ['q: one account', 'q=clara.mayr77@'],
    ['q: nobody', 'q=nobody'],
    ['q: what all have', 'q=example.com'],
    ['q: numbers at the end', 'q=09'],
    ['q: numbers at the end, and a letter', 'q=09%20m'],
    ['kind', 'kind=portal'],
    ['level 2', 'authorizationLevel=2'],
    ['with a schedule', 'hasOwnSchedule=true'],
    ['deactivated', 'loginEnabled=false'],
    ['deactivated of level 2', 'loginEnabled=false&authorizationLevel=2'],
    ['without a number', 'withoutEmployeeNumber=true'],
    ['no licence', 'holdsLicence=false'],
    ['the first region', `group=${region}`],
    ['the last region', `group=${lastRegion}`],
    ['a group of every fifth', `group=${everywhere}`],
    ['a group of every fifth, a letter', `group=${everywhere}&q=m`],
    ['a team, deactivated', `group=${team}&loginEnabled=false`],
    ...states.map((state): [string, string] => [`link ${state}`, `accessLinkState=${state}`]),
    ['link created, a letter', 'accessLinkState=created&q=m'],
    ['link created, the first region', `accessLinkState=created&group=${region}`],
    ['link used, numbers at the end', 'accessLinkState=used&q=09'],
    ['link created, every fifth', `accessLinkState=created&group=${everywhere}`],
    ['link delivered, deactivated', 'accessLinkState=delivered&loginEnabled=false'],
  ]);
}

/** The groups of supervisors, by the name in the output. */
export function supervisors(groups: readonly Id[]): ReadonlyMap<string, readonly Id[]> {
  return new Map([
    ['supervisor, 1 group', groups.slice(150, 151)],
    ['supervisor, 5 groups', groups.slice(98, 103)],
    ['supervisor, 20 last regions', groups.slice(80, 100)],
    ['supervisor, 97 groups', groups.slice(60, 157)],
  ]);
}

const COLUMNS = { createdAt: undefined, name: 'name_order', email: 'email_order', employeeNumber: 'number_order' };
export const SORTS = Object.keys(COLUMNS).flatMap((sort) => [sort, `-${sort}`]);

/** Of each sort the cursor of the account in the middle. */
export async function middles(client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const cursors = Object.entries(COLUMNS).map(async ([sort, column]): Promise<[string, string][]> => {
    const { rows } = await client.query<{ key: string; id: string }>(
      `select ${column ?? 'null'} as key, replace(id::text, '-', '') as id from user_account
        order by ${column === undefined ? '' : `${column}, `}id offset (select count(*) / 2 from user_account) limit 1`,
    );
    const { key, id } = rows[0] ?? { key: '', id: '' };
    return [sort, `-${sort}`].map((each) => [each, encodeCursor(column === undefined ? [id] : [each, key, id])]);
  });
  return new Map((await Promise.all(cursors)).flat());
}
