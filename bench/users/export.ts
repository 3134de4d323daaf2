import { peakMemory } from '../peak-memory.js';
import { ADMINISTRATOR, startBenchServer } from './server.js';

const FORMATS = ['csv', 'xlsx', 'ods'];

/** Node lets garbage lie for as long as the machine has memory, which says nothing about what is needed. */
const LIMITED = { NODE_OPTIONS: '--max-old-space-size=192 --max-semi-space-size=8' };

/** Of all accounts: memory that grows by the row would end beyond the limit. */
const REPEATS = 5;

/**
 * Rows per second of exports with all fields, by format: of a fifth of the accounts, and of all, again and again. Beside it the peak
 * memory so far of the server's process, all services in it; each format with a server of its own.
 * Usage: npm run bench -- users-export [accounts]
 */
export async function benchUserExport(accounts: number): Promise<void> {
  for (const format of FORMATS) {
    const server = await startBenchServer(accounts, LIMITED);
    try {
      process.stdout.write(`${format}: ${await peakMemory(server.pid)} MB before\n`);
      const fifth = `&group=${server.groups[100]}`;
      for (const [rows, filter] of [
        [Math.floor(accounts / 5), fifth],
        ...Array.from({ length: REPEATS }, () => [accounts, ''] as const),
      ] as const) {
        const headers = { authorization: `Bearer ${await server.signIn(ADMINISTRATOR)}` };
        const start = performance.now();
        const response = await fetch(`${server.url}/v1/users/export?format=${format}${filter}`, { headers });
        let bytes = 0;
        for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
        const seconds = (performance.now() - start) / 1000;
        const rate = Math.round(rows / seconds).toLocaleString('en');
        process.stdout.write(
          `  ${rows.toLocaleString('en')} accounts: ${rate} rows/s, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, ` +
            `peak memory ${await peakMemory(server.pid)} MB\n`,
        );
      }
    } finally {
      await server.stop();
    }
  }
}
