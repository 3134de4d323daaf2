import { createRequire } from 'node:module';

interface RequestQueue {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

/** The queue of requests to a broker, which kafkajs keeps to itself. */
const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { prototype: RequestQueue };
const schedule = prototype.scheduleCheckPendingRequests;

// After every answer kafkajs 2.2.4 sets a timer to look at its queue again, also at an empty one, and then for a moment
// long past, of which Node warns. Nothing waits in an empty queue, and what is queued later sets the timer by itself.
prototype.scheduleCheckPendingRequests = function () {
  if (this.pending.length > 0) schedule.call(this);
};
