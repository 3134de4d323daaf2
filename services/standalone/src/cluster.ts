import { runUntilSignal } from '@muster/platform';
import { startCluster } from './cluster/cluster.js';
import { standaloneConfig } from './config.js';
import { firstOperatorKey } from './operator-key.js';

const config = standaloneConfig();
const cluster = await startCluster({
  folder: config.dataFolder,
  port: config.port,
  logLevel: config.logLevel,
  topicPrefix: config.kafkaTopicPrefix,
  ...(config.databaseUrl && { databaseUrl: config.databaseUrl }),
  ...(config.kafkaBrokers && { kafkaBrokers: config.kafkaBrokers.split(',') }),
});
const key = await firstOperatorKey(config.dataFolder, cluster.database);

const processes = Object.values(cluster.services).map(
  ({ name, url, pid }) => `    ${name.padEnd(14)} pid ${pid}  ${url}/docs`,
);
process.stderr.write(`
  Muster is up, five services behind one gateway: ${cluster.url}
${processes.join('\n')}
  Operator's API key: ${key.kind === 'new' ? key.secret : `in ${key.file}`}
`);
runUntilSignal(() => cluster.stop());
