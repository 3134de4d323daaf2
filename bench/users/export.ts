import { peakMemory } from '../peak-memory.js';
import { ADMINISTRATOR, startBenchServer } from './server.js';

const FORMATS = ['csv', 'xlsx', 'ods'];

/**
 * Rows per second of an export of all accounts with all fields, by format, and the peak memory of the server's process, all
 * services in it; each format with a server of its own. Usage: npm run bench -- users-export [accounts]
 */
export async function benchUserExport(accounts: number): Promise<void> {
  for (const format of FORMATS) {
    const server = await startBenchServer(accounts);
    try {
      const headers = { authorization: `Bearer ${await server.signIn(ADMINISTRATOR)}` };
      const began = await peakMemory(server.pid);
      const start = performance.now();
      const response = await fetch(`${server.url}/v1/users/export?format=${format}`, { headers });
      let bytes = 0;
      for await (const chunk of response.body ?? []) bytes += (chunk as Uint8Array).length;
      const seconds = (performance.now() - start) / 1000;
      const rate = Math.round(accounts / seconds).toLocaleString('en');
      process.stdout.write(
        `${format.padEnd(5)} ${rate} rows/s, ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, ` +
          `peak memory ${await peakMemory(server.pid)} MB, ${began} MB of it before\n`,
      );
    } finally {
      await server.stop();
    }
  }
}
