import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision, startEmbeddedPostgres } from '@muster/persistence';
import { provisionEventLog } from '@muster/messaging';
import type { TestProject } from 'vitest/node';
import { createTemplateDatabase } from './template-database.js';
import { serveKafkaOnDemand } from './kafka-on-demand.js';
import './provided-context.js';

/** One PostgreSQL for the run, and one Kafka as soon as a test asks for it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-test-'));
  // As root the server runs as another user, who must get through to its data.
  await chmod(folder, 0o755);
  const postgres = await startEmbeddedPostgres({
    folder,
    flags: ['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'synchronous_commit=off'],
  });
  const kafka = await serveKafkaOnDemand(join(folder, 'kafka'));
  const password = randomBytes(24).toString('hex');
  const templateUrl = await createTemplateDatabase(postgres.adminUrl);
  project.provide('adminUrl', postgres.adminUrl);
  project.provide('kafkaOnDemandUrl', kafka.url);
  project.provide('template', {
    name: new URL(templateUrl).pathname.slice(1),
    urls: await provision(templateUrl, password),
    eventLogUrl: await provisionEventLog(templateUrl, password),
  });
  return async () => {
    await Promise.all([kafka.stop(), postgres.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
}
