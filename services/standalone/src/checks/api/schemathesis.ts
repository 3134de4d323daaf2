import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../cluster/service-process.js';
import type { Run } from './plan.js';

export interface Occasion {
  readonly url: string;
  readonly document: string;
  readonly credentials: string;
  readonly ownIds: readonly string[];
  readonly seed: number;
  /** Made-up requests of each operation. */
  readonly examples: number;
  /** For reports. */
  readonly folder: string;
}

export interface Outcome {
  readonly passed: boolean;
  readonly operations: number;
  readonly cases: number;
  readonly findings: number;
  readonly output: string;
}

interface Report {
  /** null: it has not come to that. */
  readonly operations: { readonly tested: number } | null;
  readonly test_cases: { readonly generated: number; readonly unique_failures: number } | null;
  readonly errors: readonly unknown[];
}

/** Runs the program of that name, with the configuration that is committed. */
export async function runSchemathesis(
  { caller, phases, only = [], weight }: Run,
  occasion: Occasion,
): Promise<Outcome> {
  const report = join(occasion.folder, `${caller}-${phases}.json`);
  const child = spawn(
    'schemathesis',
    [
      ...['run', occasion.document, '--url', occasion.url, '--phases', phases, '--auth-wfc-user', caller, '--no-color'],
      ...['--seed', `${occasion.seed}`, '--max-examples', `${Math.max(1, Math.round(weight * occasion.examples))}`],
      ...['--report', 'json', '--report-json-path', report, '--warnings', 'off'],
      ...only.flatMap((operation) => ['--include-operation-id', operation]),
    ],
    {
      cwd: join(projectRoot(), 'deploy', 'checks', 'api'),
      env: {
        ...process.env,
        MUSTER_CREDENTIALS: occasion.credentials,
        MUSTER_OWN_IDS: occasion.ownIds.join(','),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const keep = (text: Buffer) => (output += text.toString());
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = (await once(child, 'close')) as [number | null];
  const said = await readFile(report, 'utf8').then((text) => JSON.parse(text) as Report, () => undefined); // prettier-ignore
  return {
    passed: code === 0 && said !== undefined,
    operations: said?.operations?.tested ?? 0,
    cases: said?.test_cases?.generated ?? 0,
    findings: (said?.test_cases?.unique_failures ?? 0) + (said?.errors.length ?? 0),
    output,
  };
}
