import type { Id } from '@muster/contracts';
import { firstIdAt } from '@muster/persistence';
import type { ImportState } from '../imports/import-state.js';
import type { Origin } from '../imports/origin.js';

/** What imports are looked for; all of it must hold. */
export interface HistoryFilter {
  readonly entity?: string | undefined;
  /** One of these. */
  readonly states?: readonly ImportState[] | undefined;
  /** Made not before. */
  readonly from?: Date | undefined;
  /** Made before. */
  readonly to?: Date | undefined;
  readonly configurationId?: Id | undefined;
  readonly createdBy?: string | undefined;
  readonly unattended?: boolean | undefined;
  readonly origin?: Origin | undefined;
  readonly hasErrors?: boolean | undefined;
}

/** An id is made in the same moment as its row is, or a little before; clocks of two processes differ. */
const SLACK_MS = 60_000;

export interface Conditions {
  readonly text: string;
  readonly parameters: readonly unknown[];
}

/** All of them stand in `IDX_import_job_history`, and none keeps row-level security from it. */
export function historyConditions(filter: HistoryFilter, before: Id | undefined): Conditions {
  const { from, to } = filter;
  const given: readonly (readonly [condition: string, value: unknown])[] = [
    ['id < $', before],
    ['id >= $', from && firstIdAt(new Date(from.getTime() - SLACK_MS))],
    ['id < $', to && firstIdAt(new Date(to.getTime() + SLACK_MS))],
    ['created_at >= $', from],
    ['created_at < $', to],
    ['entity = $', filter.entity],
    ['state = any($::text[])', filter.states],
    ['configuration_id = $', filter.configurationId],
    ['created_by = $', filter.createdBy],
    ['unattended = $', filter.unattended],
    ['origin = $', filter.origin],
    ['has_errors = $', filter.hasErrors],
  ];
  const used = given.filter(([, value]) => value !== undefined);
  const conditions = used.map(([condition], at) => condition.replace('$', () => `$${at + 1}`));
  return { text: ['true', ...conditions].join(' and '), parameters: used.map(([, value]) => value) };
}
