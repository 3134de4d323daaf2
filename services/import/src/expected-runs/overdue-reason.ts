import type { DataOf, Id, importOverdue } from '@muster/contracts';
import { isFinal, type ImportState } from '../imports/import-state.js';
import type { RunOf } from './expected-runs.repository.js';

type Reason = DataOf<typeof importOverdue>['reason'];

/** Why a run is missed. @param latest import of the configuration in the hours that count */
export function reasonOf(latest: RunOf | undefined): { readonly reason: Reason; readonly importId: Id | null } {
  if (!latest) return { reason: 'none', importId: null };
  const { importId } = latest;
  const state = latest.state as ImportState;
  if (state === 'awaitingApproval' || state === 'scheduled') return { reason: 'waiting', importId };
  // One that came to a good end did so too late.
  const underWay = !isFinal(state) || state === 'completed' || state === 'completedWithErrors';
  return { reason: underWay ? 'underWay' : 'failed', importId };
}
