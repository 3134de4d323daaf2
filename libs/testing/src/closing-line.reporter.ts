import type { Reporter, TestModule } from 'vitest/node';
import { closingLine, type RunCounts } from './closing-line.js';

/** Ends the output of `vitest run` with one line that people and scripts can read: `N passed, N failed`. */
export default class ClosingLineReporter implements Reporter {
  private counts: RunCounts = { passed: 0, failed: 0, skipped: 0 };

  onInit(): void {
    // What stops at the end (servers of the global set-up) may still print; nothing prints after `exit`.
    process.once('exit', (code) => process.stdout.write(`${closingLine(this.counts, code)}\n`));
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const failedBefore = counts.failed;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        counts[state === 'pending' ? 'skipped' : state] += 1;
      }
      // A file that cannot be loaded, or whose hooks fail, has no failed test of its own.
      if (module.state() === 'failed' && counts.failed === failedBefore) counts.failed += 1;
    }
    this.counts = counts;
  }
}
