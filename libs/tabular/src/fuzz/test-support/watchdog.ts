import { Worker } from 'node:worker_threads';

/** Runs beside the test, because a loop without an end leaves no turn to timers. */
const WATCH = `
const { parentPort, workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let timer;
parentPort.on('message', (what) => {
  clearTimeout(timer);
  if (what === undefined) return;
  timer = setTimeout(() => {
    writeSync(2, 'No end after ' + workerData + ' ms: ' + what + '\\n');
    process.kill(process.pid, 'SIGKILL');
  }, workerData);
});`;

/** Ends the process, naming what it was at, when a piece of work takes longer than it may. */
export class Watchdog {
  private readonly worker: Worker;

  constructor(milliseconds: number) {
    this.worker = new Worker(WATCH, { eval: true, workerData: milliseconds });
    this.worker.unref();
  }

  async during<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.worker.postMessage(what, []);
    try {
      return await work();
    } finally {
      this.worker.postMessage(undefined, []);
    }
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
