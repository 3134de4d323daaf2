import type { FieldChange, Id, RowAnswer, RowProblem } from '@muster/contracts';
import type { CellValue } from '../schema/field-schema.js';
import type { ChunkRow } from './chunk-row.js';
import type { KeyIndex } from './key-index.js';
import { planRow } from './plan-row.js';
import type { PlanSettings, RowPlan, StoredRecord } from './row-plan.js';

/** What is to become of one row of a chunk, and of which record. */
export interface RowDecision<Stored extends StoredRecord = StoredRecord> {
  readonly row: number;
  readonly plan: RowPlan;
  /** The one record that the row means. */
  readonly stored: Stored | undefined;
  /** Every record that its key fits, also where they are too many for one, or that it names by its id. */
  readonly meant: readonly Id[];
}

export function decideRows<Stored extends StoredRecord>(
  rows: readonly ChunkRow[],
  index: KeyIndex<Stored>,
  settings: PlanSettings,
): RowDecision<Stored>[] {
  return rows.map(({ row, values }, i) => {
    const matches = index.matchesOf(i);
    return { row, plan: planRow(values, matches, settings), stored: matches[0], meant: index.meantBy(i) };
  });
}

/** The value of a unique field that a row would give to its record, where nothing has made sure that it is free. */
export function claimedValue(
  { plan, stored }: Pick<RowDecision, 'plan' | 'stored'>,
  field: string,
  { keys }: PlanSettings,
): string | undefined {
  const foundByIt = keys.length === 1 && keys[0] === field;
  if (foundByIt) return undefined;
  if (plan.outcome === 'created') return textOf(plan.values[field]);
  if (plan.outcome !== 'updated') return undefined;
  return textOf(plan.set[field] ?? (plan.restored ? stored?.[field] : null));
}

function textOf(value: CellValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Refuses rows whose value of a unique field belongs to another record. @param holders value -> record */
export function refuseTaken<Stored extends StoredRecord>(
  decisions: readonly RowDecision<Stored>[],
  field: string,
  holders: ReadonlyMap<string, Id>,
  settings: PlanSettings,
): RowDecision<Stored>[] {
  return decisions.map((decision) => {
    const holder = holders.get(claimedValue(decision, field, settings) ?? '');
    const isTaken = holder !== undefined && holder !== decision.stored?.id;
    return isTaken ? refused(decision, { code: 'value_taken', field }) : decision;
  });
}

/** The same row, refused. */
export function refused<Stored extends StoredRecord>(
  decision: RowDecision<Stored>,
  ...problems: RowProblem[]
): RowDecision<Stored> {
  const id = decision.stored && { id: decision.stored.id };
  return { ...decision, plan: { outcome: 'invalid', ...id, problems } };
}

/** A record to be written, by the ids of its fields. */
export interface RecordValues {
  readonly id: Id;
  readonly values: Readonly<Record<string, CellValue | undefined>>;
}

/** A row that waits, with what of the company's it asks for, so that later rows do not take it meanwhile. */
export interface PostponedRow extends ChunkRow {
  readonly needs?: readonly string[];
}

/** What a chunk writes, and what it answers. */
export interface ChunkEffect {
  readonly answers: RowAnswer[];
  readonly created: RecordValues[];
  readonly updated: RecordValues[];
  /** Records that rows of the file stand for, whatever becomes of them: a sync does not touch them. */
  readonly present: Id[];
  /** Rows that wait for the last order: they need what other rows of the file may give. */
  readonly postponed: PostponedRow[];
}

/** @param newId gives the ids of new records; in a dry run there are none */
export function effectOf(decisions: readonly RowDecision[], newId: (() => Id) | undefined): ChunkEffect {
  const effect: ChunkEffect = { answers: [], created: [], updated: [], present: [], postponed: [] };
  for (const { row, plan, stored, meant } of decisions) {
    // One by one: a key that fits everybody fits more than a call takes arguments.
    for (const id of meant) effect.present.push(id);
    switch (plan.outcome) {
      case 'created': {
        const id = newId?.();
        if (id !== undefined) effect.created.push({ id, values: plan.values });
        if (id !== undefined) effect.present.push(id);
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
  return { answers: [answer], created: [], updated: [], present: [], postponed: [] };
}

export function answersOf(effects: readonly Pick<ChunkEffect, 'answers'>[]): RowAnswer[] {
  return effects.flatMap(({ answers }) => answers);
}

/** The fields that at least one of the rows writes. Rows that leave one of them as it is write what is stored. */
export function fieldsWritten(
  decisions: readonly Pick<RowDecision, 'plan'>[],
  outcome: 'created' | 'updated',
): string[] {
  const fields = new Set<string>();
  for (const { plan } of decisions) {
    if (plan.outcome !== outcome) continue;
    for (const field of Object.keys(plan.outcome === 'created' ? plan.values : plan.set)) fields.add(field);
  }
  return [...fields];
}
