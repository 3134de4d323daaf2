// Runs all migrations in a new database and says where tables and entities differ.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SERVICES } from '@muster/contracts';
import { migrate, schemaDrift } from '@muster/persistence';
import { prepareDatabase } from '../database.js';
import { DEFINITIONS } from '../definitions.js';

const folder = await mkdtemp(join(tmpdir(), 'muster-migrations-'));
// As root the server runs as another user, who must get through to its data.
await chmod(folder, 0o755);
let agree = true;
const prepared = await prepareDatabase(folder, undefined);
try {
  for (const name of SERVICES) {
    const { database } = DEFINITIONS[name];
    const { ownerUrl } = prepared.urls[name];
    await migrate(database, ownerUrl);
    const drift = await schemaDrift(database, ownerUrl);
    agree &&= drift.length === 0;
    const verdict = drift.length === 0 ? 'tables and entities agree' : `they differ; missing:\n  ${drift.join('\n  ')}`;
    console.log(`${name}: ${database.migrations.length} migration(s), ${verdict}`);
  }
} finally {
  await prepared.stop();
  await rm(folder, { recursive: true, force: true });
}
if (!agree) process.exitCode = 1;
