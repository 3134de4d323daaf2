import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { freePort } from '@muster/persistence';
import { startCluster, type Cluster } from '../src/cluster/cluster.js';
import { projectRoot } from '../src/cluster/service-process.js';
import { firstOperatorKey } from '../src/operator-key.js';

/** Muster as its users meet it: built, running, behind one address. */
export interface System {
  readonly url: string;
  readonly operatorKey: string;
  /** Superuser of the database that its services share. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

export interface ClusterSystem extends System {
  readonly cluster: Cluster;
  readonly folder: string;
}

export interface StandaloneSystem extends System {
  /** Of its data. */
  readonly folder: string;
  /** `kill -9`, and nothing else. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

interface Settings {
  password: string;
  port: number;
}

async function temporaryFolder(prefix: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix));
  // As root the database runs as another user, who must get through to its data.
  await chmod(folder, 0o711);
  return folder;
}

/** As short as Kafka lets it be: after a kill nobody reads for as long. */
const SESSION_SECONDS = 6;

/** Five services on real Kafka, with a database of their own. */
export async function clusterSystem(): Promise<ClusterSystem> {
  const folder = await temporaryFolder('muster-cluster-');
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn', sessionSeconds: SESSION_SECONDS });
  const { secret: operatorKey } = await firstOperatorKey(folder, cluster.database);
  const stop = async () => {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: cluster.url, operatorKey, adminUrl: cluster.database.adminUrl, cluster, folder, stop };
}

/** One process with everything embedded, as `npm start` runs it. */
export async function standaloneSystem(): Promise<StandaloneSystem> {
  const folder = await temporaryFolder('muster-standalone-');
  const [port, metricsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const main = join(projectRoot(), 'dist', 'services', 'standalone', 'src', 'main.js');
  const env = {
    ...process.env,
    DATA_FOLDER: folder,
    PORT: `${port}`,
    METRICS_PORT: `${metricsPort}`,
    LOG_LEVEL: 'warn',
  };
  const launch = () => {
    const started = spawn(process.execPath, ['--enable-source-maps', main], {
      env,
      stdio: ['ignore', 'inherit', 'pipe'],
    });
    // What it says to a person at its start is of use only when it fails.
    started.stderr.on('data', (text: Buffer) => (lastWords = (lastWords + text.toString()).slice(-2_000)));
    return started;
  };
  let lastWords = '';
  let child = launch();
  const ready = () =>
    vi.waitUntil(async () => {
      if (child.exitCode !== null) throw new Error(`standalone ended with code ${child.exitCode}: ${lastWords}`);
      const healthy = await fetch(`${url}/health/ready`).then(({ ok }) => ok, () => false); // prettier-ignore
      return healthy && readFile(join(folder, 'operator-key'), 'utf8').catch(() => false as const);
    }, PATIENT); // prettier-ignore
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const operatorKey = (await ready()).trim();
  const { password, port: databasePort } = JSON.parse(
    await readFile(join(folder, 'postgres', 'settings.json'), 'utf8'),
  ) as Settings;
  return {
    url,
    operatorKey,
    folder,
    adminUrl: `postgres://muster:${password}@127.0.0.1:${databasePort}/muster`,
    kill: () => end('SIGKILL'),
    start: async () => {
      child = launch();
      await ready();
    },
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
