import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { freePort, startEmbeddedPostgres } from './embedded-postgres.js';

it('leaves the end of the process to the process', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-embedded-'));
  await chmod(folder, 0o755);
  const listeners = () => ['beforeExit', 'exit'].map((event) => process.listenerCount(event));
  const before = listeners();
  const postgres = await startEmbeddedPostgres({ folder, flags: ['-c', 'fsync=off'] });
  await postgres.stop();
  expect(listeners()).toEqual(before);
  await rm(folder, { recursive: true, force: true });
});

it('takes no port that the system could meanwhile give to a connection', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, freePort));
  expect(Math.max(...ports)).toBeLessThan(32_768);
});
