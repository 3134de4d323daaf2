import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runUntilSignal } from '@muster/platform';
import { projectRoot } from './cluster/service-process.js';
import { standaloneConfig } from './config.js';
import { importWithProgress } from './demo/import-with-progress.js';
import { makeCompany } from './demo/make-company.js';
import { summaryText } from './demo/summary.js';
import { firstOperatorKey } from './operator-key.js';
import { startStandalone } from './standalone.js';

const REPS = 25;
const out = (text: string) => process.stdout.write(`${text}\n`);

await mkdir(join(projectRoot(), '.muster'), { recursive: true });
const dataFolder = await mkdtemp(join(projectRoot(), '.muster', 'demo-'));
// As root the database runs as another user, who must get through to its data.
await chmod(dataFolder, 0o711);
const config = { ...standaloneConfig(), dataFolder, logLevel: 'warn' as const };
out('Starting PostgreSQL and all services in this process ...');
const standalone = await startStandalone(config);
const { url } = standalone;
const stop = async () => {
  await standalone.stop();
  await rm(dataFolder, { recursive: true, force: true });
};

out(`Making a company with ${REPS} reps ...`);
const operatorKey = (await firstOperatorKey(config.dataFolder, standalone.database)).secret;
const company = await makeCompany(url, operatorKey, REPS);

out('Importing samples/customers-10000.csv ...');
const samples = join(projectRoot(), 'samples');
const files = { table: join(samples, 'customers-10000.csv'), configuration: join(samples, 'customers.importcfg') };
const done = await importWithProgress(url, company.token, files);
out(summaryText(done));
out(`
  API documentation  ${url}/docs
  Sign in            curl -s ${url}/v1/auth/token -d grant_type=password -d 'company=${company.name}' \\
                       -d username=${company.email} -d password=${company.password}
  This import        curl -s ${url}/v1/imports/${done.job.id} -H "Authorization: Bearer $TOKEN"
`);

if (process.argv.includes('--exit')) {
  await stop();
} else {
  out('Up until Ctrl-C.');
  runUntilSignal(stop);
}
