import { runUntilSignal } from '@muster/platform';
import { standaloneConfig } from './config.js';
import { firstOperatorKey } from './operator-key.js';
import { startStandalone } from './standalone.js';

const config = standaloneConfig();
const standalone = await startStandalone(config);
const key = await firstOperatorKey(config.dataFolder, standalone.database);

process.stderr.write(`
  Muster is up:       ${standalone.url}
  API documentation:  ${standalone.url}/docs
  Operator's API key: ${key.kind === 'new' ? key.secret : `in ${key.file}`}
                      (creates companies; kept in ${key.file}, readable by you alone)
`);
runUntilSignal(() => standalone.stop());
