import type { Id } from '@muster/contracts';
import type { RowDecision, RowPlan } from '@muster/import-model';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';

type Decision = RowDecision<StoredRow>;
type Transfer = Pick<ChunkContext, 'table' | 'repId' | 'transfer'>;

/** What becomes of rows whose records another rep has: the record is copied or moved, then changed as the row says. */
export function withTransfers(decisions: readonly Decision[], context: Transfer): Decision[] {
  if (context.transfer === 'none') return [...decisions];
  return decisions.map((decision) => {
    const { plan, stored } = decision;
    if (stored?.ofRep === undefined || (plan.outcome !== 'updated' && plan.outcome !== 'unchanged')) return decision;
    const set = plan.outcome === 'updated' ? plan.set : {};
    if (context.transfer === 'copy') return { ...decision, plan: copied(stored, set, context), stored: undefined };
    const changes = plan.outcome === 'updated' ? plan.changes : [];
    return { ...decision, plan: moved(stored, stored.ofRep, { set, changes }, context) };
  });
}

type Change = Pick<Extract<RowPlan, { outcome: 'updated' }>, 'set' | 'changes'>;

function copied(stored: StoredRow, set: Change['set'], { table }: Transfer): RowPlan {
  const all = Object.fromEntries(table.columns.map(({ field }) => [field, stored[field] ?? null]));
  return { outcome: 'created', values: { ...all, ...set } };
}

/** Its external id counts as written: here another record may have it. */
function moved(stored: StoredRow, from: Id, { set, changes }: Change, { repId }: Transfer): RowPlan {
  const { id, externalId } = stored;
  return {
    outcome: 'updated',
    id,
    set: externalId === undefined ? set : { externalId, ...set },
    changes: [...changes, { field: 'repId', from, to: repId }],
    restored: false,
  };
}

/** The records that come to another rep, and whose they were. */
export function movedIn(decisions: readonly Decision[]): { id: Id; from: Id }[] {
  return decisions.flatMap(({ plan, stored }) =>
    plan.outcome === 'updated' && stored?.ofRep !== undefined ? [{ id: stored.id, from: stored.ofRep }] : [],
  );
}
