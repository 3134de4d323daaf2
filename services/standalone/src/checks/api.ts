// Holds the running API to openapi/muster.json with schemathesis: a throw-away standalone, a company, somebody of each role.
// `npm run check:api -- --examples 100 --seed 7` looks longer, and elsewhere.
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../cluster/service-process.js';
import { firstOperatorKey } from '../operator-key.js';
import { startStandalone } from '../standalone.js';
import { makeCallers } from './api/callers.js';
import { operationsIn, planRuns } from './api/plan.js';
import { runSchemathesis } from './api/schemathesis.js';
import { strictDocument } from './api/strict-document.js';

const { values } = parseArgs({
  options: { examples: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const [examples, seed] = [Number(values.examples), Number(values.seed)];

const folder = await mkdtemp(join(tmpdir(), 'muster-api-'));
// As root the database runs as another user, who must get through to its data.
await chmod(folder, 0o711);
const settings = { host: '127.0.0.1', port: 0, metricsPort: 0, kafkaTopicPrefix: '', outboundTo: 'public' } as const;
const standalone = await startStandalone({ ...settings, dataFolder: folder, logLevel: 'error' });
const found = { operations: 0, cases: 0, findings: 0 };
try {
  const { secret } = await firstOperatorKey(folder, standalone.database);
  const document = JSON.parse(await readFile(join(projectRoot(), 'openapi', 'muster.json'), 'utf8')) as {
    paths: object;
  };
  const operations = operationsIn(document);
  const scopes = [...new Set(operations.flatMap(({ scope }) => scope?.split(' or ') ?? []))];
  const { identities, ownIds } = await makeCallers(standalone.url, secret, scopes, join(folder, 'outbox'));
  const files = { document: join(folder, 'openapi.json'), credentials: join(folder, 'credentials.json') };
  await writeFile(files.document, JSON.stringify(strictDocument(document)));
  await writeFile(files.credentials, JSON.stringify({ auth: identities }), { mode: 0o600 });
  for (const run of planRuns(operations)) {
    const outcome = await runSchemathesis(run, { ...files, url: standalone.url, ownIds, seed, examples, folder });
    const { passed, cases, findings } = outcome;
    const figures = `${outcome.operations} operations, ${cases} test cases, ${findings} findings`;
    console.log(`${passed ? 'ok    ' : 'FAILED'} as ${run.caller} (${run.phases}): ${figures}`);
    if (!passed) console.log(outcome.output.trimEnd().replaceAll(/^/gm, '       '));
    found.operations = Math.max(found.operations, outcome.operations);
    found.cases += cases;
    found.findings += passed ? 0 : Math.max(1, findings);
  }
} finally {
  await standalone.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(`\n${found.operations} operations, ${found.cases} test cases, ${found.findings} findings (seed ${seed}).`);
if (found.findings > 0) process.exitCode = 1;
