import type { FieldChange, Id, RowAnswer, RowProblem } from '@muster/contracts';
import { planRow, type CellValue, type PlanSettings, type RowPlan } from '@muster/import-model';
import type { RecordToWrite } from '../records/record.repository.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkRow, KeyIndex } from './key-index.js';

/** What is to become of one row of a chunk, and of which record. */
export interface RowDecision {
  readonly row: number;
  readonly plan: RowPlan;
  /** The one record that the row means. */
  readonly stored: StoredRow | undefined;
}

export function decideRows(rows: readonly ChunkRow[], index: KeyIndex, settings: PlanSettings): RowDecision[] {
  return rows.map(({ row, values }, i) => {
    const matches = index.matchesOf(i);
    return { row, plan: planRow(values, matches, settings), stored: matches[0] };
  });
}

/** The external id that a row would give to its record, where nothing has made sure that it is free. */
export function claimedExternalId({ plan, stored }: RowDecision, settings: PlanSettings): string | undefined {
  const found = settings.keys.length === 1 && settings.keys[0] === 'externalId';
  if (found) return undefined;
  if (plan.outcome === 'created') return textOf(plan.values['externalId']);
  if (plan.outcome !== 'updated') return undefined;
  return textOf(plan.set['externalId'] ?? (plan.restored ? stored?.['externalId'] : null));
}

function textOf(value: CellValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Refuses rows whose external id belongs to another record of the rep. @param holders external id -> record */
export function refuseTaken(
  decisions: readonly RowDecision[],
  holders: ReadonlyMap<string, Id>,
  settings: PlanSettings,
): RowDecision[] {
  return decisions.map((decision) => {
    const holder = holders.get(claimedExternalId(decision, settings) ?? '');
    if (holder === undefined || holder === decision.stored?.id) return decision;
    const problems: RowProblem[] = [{ code: 'value_taken', field: 'externalId' }];
    const id = decision.stored && { id: decision.stored.id };
    return { ...decision, plan: { outcome: 'invalid', ...id, problems } };
  });
}

/** What a chunk writes, and what it answers. */
export interface ChunkEffect {
  readonly answers: RowAnswer[];
  readonly created: RecordToWrite[];
  readonly updated: RecordToWrite[];
}

/** @param newId gives the ids of new records; in a dry run there are none */
export function effectOf(decisions: readonly RowDecision[], newId: (() => Id) | undefined): ChunkEffect {
  const effect: ChunkEffect = { answers: [], created: [], updated: [] };
  for (const { row, plan, stored } of decisions) {
    switch (plan.outcome) {
      case 'created': {
        const id = newId?.();
        if (id !== undefined) effect.created.push({ id, values: plan.values });
        effect.answers.push({ row, outcome: 'created', ...(id !== undefined && { recordId: id }) });
        break;
      }
      case 'updated': {
        const { id, set, changes } = plan;
        effect.updated.push({ id, values: { ...stored, ...set } });
        effect.answers.push({ row, outcome: 'updated', recordId: id, changes: [...changes] satisfies FieldChange[] });
        break;
      }
      case 'unchanged':
        effect.answers.push({ row, outcome: 'unchanged', recordId: plan.id });
        break;
      case 'ignored':
      case 'invalid': {
        const { outcome, id, problems } = plan;
        effect.answers.push({ row, outcome, ...(id !== undefined && { recordId: id }), problems: [...problems] });
        break;
      }
    }
  }
  return effect;
}

/** What a row comes to whose handling fails whatever is tried. */
export function failure({ row }: ChunkRow): ChunkEffect {
  const answer: RowAnswer = { row, outcome: 'failed', problems: [{ code: 'unexpected_error' }] };
  return { answers: [answer], created: [], updated: [] };
}

export function answersOf(effects: readonly ChunkEffect[]): RowAnswer[] {
  return effects.flatMap(({ answers }) => answers);
}

/** The fields that at least one of the rows writes. Rows that leave one of them as it is write what is stored. */
export function fieldsWritten(decisions: readonly RowDecision[], outcome: 'created' | 'updated'): string[] {
  const fields = new Set<string>();
  for (const { plan } of decisions) {
    if (plan.outcome !== outcome) continue;
    for (const field of Object.keys(plan.outcome === 'created' ? plan.values : plan.set)) fields.add(field);
  }
  return [...fields];
}
