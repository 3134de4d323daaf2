/** Longest that a process takes to stop, in ms. */
const LIMIT_MS = 25_000;

/**
 * Calls `stop` at the first SIGTERM or SIGINT and ends the process after it, or after 25 s; a second signal ends it at once.
 */
export function runUntilSignal(stop: () => Promise<void>, log: (line: string) => void = () => undefined): void {
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log(`${signal}: stopping`);
    setTimeout(() => {
      log('not stopped in time');
      process.exit(1);
    }, LIMIT_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log(`stopping failed: ${String(error)}`);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // An embedded PostgreSQL that was started ends the process at a signal by itself, and would cut the stopping short.
    process.removeAllListeners(signal);
    process.on(signal, end);
  }
}
