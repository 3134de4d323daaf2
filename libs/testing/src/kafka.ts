import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '@muster/persistence';
import { kafkaJars } from './kafka-jars.js';

const START_LIMIT_MS = 60_000;

export interface LocalKafka {
  readonly brokers: string[];
  /** Lets the broker finish; what it has said to keep is on disk anyway. */
  stop(): Promise<void>;
  /** As if the machine had lost its power. */
  kill(): Promise<void>;
}

/**
 * Starts one Apache Kafka (KRaft, broker and controller in one process) on 127.0.0.1 with its data in `folder`.
 * Started again with the same folder and port it goes on with what it had. Throws when it is not up within a minute.
 */
export async function startKafka({ folder, port }: { folder: string; port?: number }): Promise<LocalKafka> {
  const jars = await kafkaJars();
  await mkdir(folder, { recursive: true });
  const brokerPort = port ?? (await freePort());
  const settings = join(folder, 'server.properties');
  await writeFile(settings, serverProperties(folder, brokerPort, await freePort()));
  const classPath = join(jars, '*');
  if (!existsSync(join(folder, 'log', 'meta.properties'))) {
    // May begin with a dash.
    const clusterId = randomBytes(16).toString('base64url');
    const format = ['kafka.tools.StorageTool', 'format', `--cluster-id=${clusterId}`, '-c', settings];
    await promisify(execFile)('java', ['-XX:TieredStopAtLevel=1', '-cp', classPath, ...format]);
  }
  const java = spawn(
    'java',
    ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', classPath, 'kafka.Kafka', settings],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const end = endOf(java);
  await isOpen(java, brokerPort);
  return { brokers: [`127.0.0.1:${brokerPort}`], stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

function serverProperties(folder: string, brokerPort: number, controllerPort: number): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${brokerPort},CONTROLLER://127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'log.dirs': join(folder, 'log'),
    'auto.create.topics.enable': false,
    'group.initial.rebalance.delay.ms': 0,
    // After a kill the controller refuses the broker until the session of the one before has ended.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 1,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function endOf(java: ChildProcess): (signal: NodeJS.Signals) => Promise<void> {
  const gone = new Promise<void>((resolve) => java.once('close', () => resolve()));
  // Whoever started it may go without a word.
  const onExit = () => java.kill('SIGKILL');
  process.once('exit', onExit);
  return async (signal) => {
    java.kill(signal);
    await gone;
    process.off('exit', onExit);
  };
}

async function isOpen(java: ChildProcess, port: number): Promise<void> {
  let output = '';
  const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4_000));
  java.stdout?.on('data', keep);
  java.stderr?.on('data', keep);
  for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await wait(100)) {
    if (java.exitCode !== null) throw new Error(`Kafka ended with code ${java.exitCode}: ${output}`);
    if (await answers(port)) return;
  }
  java.kill('SIGKILL');
  throw new Error(`Kafka was not up within ${START_LIMIT_MS} ms: ${output}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (result: boolean) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
}
