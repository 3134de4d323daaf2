import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplication } from '@nestjs/common';
import { Database } from '../database/database.js';

/** Probes wait no longer than seconds. */
const PATIENCE_MS = 2_000;

export type Readiness = 'ready' | 'no-answer' | 'migrations-missing';

/** Whether the database answers and the migrations fit. Never asks the broker. */
export async function readinessOf(database: Database): Promise<Readiness> {
  const done = new AbortController();
  const late = delay(PATIENCE_MS, 'no-answer' as const, { signal: done.signal }).catch(() => 'no-answer' as const);
  const ready = database.ready().then(
    (fits) => (fits ? 'ready' : 'migrations-missing'),
    () => 'no-answer' as const,
  );
  try {
    return await Promise.race([ready, late]);
  } finally {
    done.abort();
  }
}

/** Whether a service of this process is ready. */
export async function isReady(app: INestApplication): Promise<boolean> {
  return (await readinessOf(app.get(Database))) === 'ready';
}
