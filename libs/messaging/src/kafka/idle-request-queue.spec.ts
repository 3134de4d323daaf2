import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import './idle-request-queue.js';

interface RequestQueue {
  readonly throttleCheckTimeoutId: NodeJS.Timeout | null;
  push(request: object): void;
  checkPendingRequests(): void;
  destroy(): void;
}
const Queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as new (
  options: object,
) => RequestQueue;

function queueOf(maxInFlightRequests: number): RequestQueue {
  return new Queue({ maxInFlightRequests, requestTimeout: 1_000, logger: { debug: () => undefined } });
}

it('sets no timer for an empty queue', () => {
  const queue = queueOf(1);
  queue.checkPendingRequests();
  expect(queue.throttleCheckTimeoutId).toBeNull();
});

it('sets one while a request waits', () => {
  const queue = queueOf(0);
  queue.push({ entry: { correlationId: 1 }, expectResponse: true, sendRequest: () => undefined });
  expect(queue.throttleCheckTimeoutId).not.toBeNull();
  queue.destroy();
});
