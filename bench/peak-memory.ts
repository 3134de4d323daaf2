import { readFile } from 'node:fs/promises';

/** Highest resident set of a process, in MB; Linux only. */
export async function peakMemory(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes ? String(Math.round(Number(kilobytes) / 1024)) : 'unknown';
}
