import { UsageError } from '../usage-error.js';

/** @throws UsageError unless there is exactly one file */
export function fileArgument(positionals: readonly string[]): string {
  const [file, another] = positionals;
  if (file === undefined || file === '') throw new UsageError('FILE is missing.');
  if (another !== undefined) throw new UsageError(`One FILE at a time; "${another}" is one too many.`);
  return file;
}
