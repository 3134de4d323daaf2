import { connectAs } from './fill.js';
import { ADMINISTRATOR, startBenchServer } from './server.js';

const AT_ONCE = 500;
const REPEATS = 5;

const CHANGES = {
  'another phone number': `phone = '+43 1 ' || version`,
  'another group': `group_ids = group_ids[2:]`,
  'another name': `last_name = 'Other', display_name = 'Other ' || first_name`,
  deactivated: `login_enabled = false`,
};

/**
 * Microseconds of the database for an account, of 500 changed by one statement with all that triggers do, the least
 * of five, on a connection that has changed one account before; and the seconds of deleting a group that every fifth
 * account belongs to. Usage: npm run bench -- users-change [accounts]
 */
export async function benchUserChanges(accounts: number): Promise<void> {
  const server = await startBenchServer(accounts);
  try {
    const client = await connectAs(server.databaseUrl, server.companyId);
    await client.query(`select set_config('role', 'muster_user_admin_app', false)`);
    await client.query(
      `update user_account set note = 'one' where id = (select id from user_account order by id limit 1)`,
    );
    let from = 1;
    for (const [name, change] of Object.entries(CHANGES)) {
      const times: number[] = [];
      for (let no = 0; no < REPEATS; no++, from += AT_ONCE) {
        const began = performance.now();
        await client.query(
          `update user_account set ${change}, version = version + 1 where id = any(array(
             select id from user_account order by id offset ${from} limit ${AT_ONCE}))`,
        );
        times.push(performance.now() - began);
      }
      const least = Math.round((Math.min(...times) / AT_ONCE) * 1000);
      process.stdout.write(`${name.padEnd(24)} ${least} microseconds an account\n`);
    }
    await client.end();
    const headers = { authorization: `Bearer ${await server.signIn(ADMINISTRATOR)}` };
    const url = `${server.url}/v1/user-groups/${server.groups[100]}`;
    const { members } = (await (await fetch(url, { headers })).json()) as { members: number };
    const began = performance.now();
    const { status } = await fetch(url, { method: 'DELETE', headers });
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`group of ${members} deleted (${status}): ${seconds.toFixed(1)} s\n`);
  } finally {
    await server.stop();
  }
}
