import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ServiceName } from '@muster/contracts';
import { freePort } from '@muster/persistence';

const START_LIMIT_MS = 60_000;

/** One service as a process of its own; it can be killed and started again. */
export class ServiceProcess {
  private child: ChildProcess | undefined;

  constructor(
    readonly name: ServiceName | 'standalone',
    readonly url: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly nodeArguments: readonly string[] = [],
  ) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves once the service is ready. @throws when it ends before, or is not ready within a minute */
  async start(): Promise<void> {
    const main = join(projectRoot(), 'dist', 'services', this.name, 'src', 'main.js');
    const child = spawn(process.execPath, [...this.nodeArguments, main], {
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    this.child = child;
    const orphan = () => child.kill('SIGKILL');
    process.once('exit', orphan);
    child.once('exit', () => process.off('exit', orphan));
    for (const limit = Date.now() + START_LIMIT_MS; Date.now() < limit; await setTimeout(100)) {
      if (child.exitCode !== null) throw new Error(`${this.name} ended with code ${child.exitCode}`);
      if (await isReady(this.url)) return;
    }
    throw new Error(`${this.name} was not ready within ${START_LIMIT_MS} ms`);
  }

  /** Another process of the same service; nobody calls it but Kafka. */
  async beside(): Promise<ServiceProcess> {
    const [port, metricsPort] = [await freePort(), await freePort()];
    const own = { PORT: String(port), METRICS_PORT: String(metricsPort) };
    return new ServiceProcess(this.name, `http://127.0.0.1:${port}`, { ...this.env, ...own }, this.nodeArguments);
  }

  /** As if its machine had lost its power. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  /** Lets it finish what is in hand. */
  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

/** The folder with `nest-cli.json`, found from the sources and from `dist` alike. */
export function projectRoot(folder = import.meta.dirname): string {
  if (existsSync(join(folder, 'nest-cli.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`nest-cli.json is not in any folder above ${import.meta.dirname}`);
  return projectRoot(parent);
}
