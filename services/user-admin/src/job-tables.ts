import type { JobTable } from '@muster/platform';

/** What is forgotten 30 days after it ended, or after nobody went on with it. */
export const JOB_TABLES: readonly JobTable[] = [
  {
    table: 'mass_change',
    endedAt: `case when state not in ('planning', 'running') then coalesce(finished_at, created_at) end`,
    rows: { table: 'mass_change_row', job: 'mass_change_id' },
  },
  { table: 'transfer', endedAt: 'finished_at' },
  { table: 'access_link_job', endedAt: 'finished_at', rows: { table: 'access_link_job_item', job: 'job_id' } },
];
