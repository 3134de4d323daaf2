import type { CountersDto } from '../../../import/src/imports/import.dto.js';
import type { FinishedImport } from './import-with-progress.js';

const COLUMNS = ['read', 'created', 'updated', 'unchanged', 'ignored', 'invalid', 'failed', 'unprocessed'] as const;

/** What became of the rows, per rep and overall, as a table. */
export function summaryText({ job, reps, seconds }: FinishedImport): string {
  const header = ['rep', ...COLUMNS];
  const rows = reps.map((rep) => [rep.displayName ?? (rep.value || '(nobody)'), ...numbers(rep.counters)]);
  const table = [header, ...rows, ['all', ...numbers(job.counters)]];
  const widths = header.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  const lines = table.map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))),
  );
  const rate = Math.round(job.counters.read / seconds);
  return [
    ...lines.map((line) => `  ${line.join('  ')}`),
    '',
    `  ${job.state} in ${seconds.toFixed(1)} s (${rate} rows a second)`,
    `  Restore point made before the first write: ${job.restorePointId}`,
    ...(job.problem ? [`  ${job.problem.code}: ${job.problem.detail}`] : []),
  ].join('\n');
}

function numbers(counters: CountersDto): string[] {
  return COLUMNS.map((name) => String(counters[name]));
}
