const DAY_MS = 24 * 60 * 60 * 1000;

export interface Topic {
  readonly name: string;
  /** What the key is made of; events of one key arrive in the order in which they were published. */
  readonly key: string;
  readonly description: string;
  readonly partitions: number;
  readonly retentionMs: number;
}

/** Largest event, in bytes of its JSON; the brokers' topics and both transports hold to it. */
export const MAX_EVENT_BYTES = 4 * 1024 * 1024;

function topic(name: string, key: string, description: string, retentionMs = 7 * DAY_MS, partitions = 4): Topic {
  return { name, key, description, partitions, retentionMs };
}

export const TOPICS = {
  users: topic('muster.users.v1', 'company', 'What became of user accounts.'),
  records: topic('muster.records.v1', 'company/rep', 'What became of the records of reps: one event per unit of work.'),
  imports: topic('muster.imports.v1', 'company', 'What became of imports.'),
  importRows: topic(
    'muster.import-rows.v1',
    'company/rep; without a rep company, and company/chunk in a dry run',
    'Work orders of imports with their rows.',
    DAY_MS,
    8,
  ),
  importResults: topic('muster.import-results.v1', 'import', 'What the owners answer to work orders.'),
  accessLinks: topic(
    'muster.access-links.v1',
    'company/user',
    'Access links that are to be sent, and what became of them.',
  ),
  restorePoints: topic('muster.restore-points.v1', 'company', 'Restore points: asked for, taken, marked, ready.'),
} as const satisfies Record<string, Topic>;
