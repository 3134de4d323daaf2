import type { Server } from 'node:http';

const GRACE_MS = 5_000;
const SWEEP_MS = 50;

/**
 * Stops accepting, gives the requests in hand some seconds, and then ends what is still open: a stream to a watcher has no
 * end of its own. Resolves when no connection is left. Does nothing to a server that does not listen.
 */
export async function closeServer(server: Server, graceMs = GRACE_MS): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection whose answer is out waits for the client's next request, which is not to come here.
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const limit = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
