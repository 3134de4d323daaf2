import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a generated file that is committed; with `--check` among the arguments it compares instead, and the process
 * ends with exit code 1 when the file differs.
 * @param command what makes the file, for the sentence that says so
 */
export async function writeOrCheck(file: string, text: string, command: string): Promise<void> {
  const before = existsSync(file) ? await readFile(file, 'utf8') : undefined;
  if (before === text) {
    console.log(`${file} is up to date`);
    return;
  }
  if (process.argv.includes('--check')) {
    console.error(
      `${file} is not what the code says${firstDifference(before, text)}\nRun \`${command}\` and commit the result.`,
    );
    process.exitCode = 1;
    return;
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`${file} written`);
}

function firstDifference(before: string | undefined, after: string): string {
  if (before === undefined) return ': it is missing.';
  const [committed, generated] = [before.split('\n'), after.split('\n')];
  const at = committed.findIndex((line, index) => line !== generated[index]);
  const line = at === -1 ? committed.length : at;
  return `, first in line ${line + 1}:\n  committed: ${committed[line] ?? ''}\n  generated: ${generated[line] ?? ''}`;
}
