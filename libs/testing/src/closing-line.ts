export interface RunCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * `12 passed, 0 failed`, and `, 3 skipped` when some were. A run that ends badly without a failed test (the set-up broke,
 * a promise nobody waited for was rejected) counts as one failure, so that the line never looks better than the exit code.
 */
export function closingLine({ passed, failed, skipped }: RunCounts, exitCode: number): string {
  const failures = failed === 0 && exitCode !== 0 ? 1 : failed;
  return `${passed} passed, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
