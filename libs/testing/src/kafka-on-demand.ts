import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startKafka, type LocalKafka } from './kafka.js';

/**
 * A door through which the workers of a test run get at one Kafka: the first request starts it, every answer is the list
 * of brokers as JSON. A run that never asks pays nothing.
 */
export async function serveKafkaOnDemand(folder: string): Promise<{ url: string; stop(): Promise<void> }> {
  let kafka: Promise<LocalKafka> | undefined;
  const server = createServer((_request, response) => {
    kafka ??= startKafka({ folder });
    kafka.then(
      ({ brokers }) => response.end(JSON.stringify(brokers)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      const started = await kafka?.catch(() => undefined);
      await started?.stop();
    },
  };
}
