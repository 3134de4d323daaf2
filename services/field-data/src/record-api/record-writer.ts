import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id, type Language, type RowProblem } from '@muster/contracts';
import {
  planRow,
  planSettings,
  type CellValue,
  type PlanColumn,
  type PlanSettings,
  type RecordValues,
  type RowPlan,
} from '@muster/import-model';
import { violatedConstraint } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { LastCallRepository } from '../import-chunks/last-call.repository.js';
import { callsIn } from '../import-chunks/last-calls.js';
import type { RecordTable } from '../records/record-table.js';
import { RecordRepository } from '../records/record.repository.js';
import { ReferenceRepository } from '../records/reference.repository.js';
import { problemOfRow, readFields, type FieldInput } from './record-body.js';
import { detailOf } from './read-value.js';
import { kindOfEntity } from './record-kind.js';
import type { RecordRow } from './record-row.js';
import { resolveWishes } from './reference-wish.js';

const ID_KEY: PlanColumn = { field: 'id', behaviour: 'key', emptyCell: 'keep' };

/** Writes single records by the rules of an import. */
@Injectable()
export class RecordWriter {
  constructor(
    private readonly records: RecordRepository,
    private readonly references: ReferenceRepository,
    private readonly lastCalls: LastCallRepository,
  ) {}

  /**
   * @param repId whose it is to be; undefined: what it refers to is not looked for yet
   * @throws Problem validation_failed
   */
  async planCreation(
    manager: EntityManager,
    table: RecordTable,
    { language }: Caller,
    repId: Id | undefined,
    body: Readonly<Record<string, unknown>>,
  ): Promise<RecordValues['values']> {
    const input = readFields(body, table.schema, language);
    const settings = planSettings(table.schema, { mode: 'create', columns: input.columns });
    const { values, problems } = await this.resolved(manager, repId, input, {});
    const plan = refusedToo(planRow(values, [], settings), problems);
    if (plan.outcome === 'invalid') throw problemOfRow(plan.problems, language);
    if (plan.outcome !== 'created') throw new Error(`A new record cannot be ${plan.outcome}`);
    return plan.values;
  }

  /** @returns customers whose last call it set. @throws Problem external_id_taken */
  async insert(
    manager: EntityManager,
    table: RecordTable,
    { companyId, language }: Caller,
    repId: Id,
    record: RecordValues,
    updateLastCalls: boolean,
  ): Promise<Id[]> {
    const { values } = record;
    await unlessTaken(table, values['externalId'], language, () =>
      this.records.insert(manager, table, { companyId, repId }, Object.keys(values), [record]),
    );
    const calls = updateLastCalls ? callsIn({ created: [record], updated: [] }) : new Map<Id, string>();
    return this.lastCalls.update(manager, repId, calls);
  }

  /**
   * Changes a locked record.
   * @returns false when it is so already
   * @throws Problem validation_failed, external_id_fixed, external_id_taken
   */
  async update(
    manager: EntityManager,
    table: RecordTable,
    { language }: Caller,
    row: RecordRow,
    patch: Readonly<Record<string, unknown>>,
  ): Promise<boolean> {
    const input = readFields(patch, table.schema, language);
    const settings: PlanSettings = planSettings(table.schema, { mode: 'update', columns: [ID_KEY, ...input.columns] });
    const { values, problems } = await this.resolved(manager, row.repId, input, row.fields);
    const plan = refusedToo(planRow([row.id, ...values], [row.fields], settings), problems);
    if (plan.outcome === 'invalid') throw problemOfRow(plan.problems, language);
    if (plan.outcome !== 'updated') return false;
    const { set } = plan;
    await unlessTaken(table, set['externalId'], language, () =>
      this.records.update(manager, table, Object.keys(set), [{ id: row.id, values: set }]),
    );
    return true;
  }

  /** The values with the ids of what the record refers to. */
  private async resolved(
    manager: EntityManager,
    repId: Id | undefined,
    { values, references }: FieldInput,
    stored: Readonly<Record<string, CellValue | undefined>>,
  ): Promise<{ values: readonly CellValue[]; problems: RowProblem[] }> {
    const resolved = [...values];
    const problems: RowProblem[] = [];
    for (const wish of references) {
      // Any text will do for one that is there.
      if (repId === undefined) resolved[wish.at] = wish.id ?? wish.externalId;
      else {
        const { table } = kindOfEntity(wish.field.references ?? '');
        const [ids, externalIds] = wish.id === undefined ? [[], [wish.externalId]] : [[wish.id], []];
        const found = await this.references.find(manager, table, repId, externalIds, ids);
        const answer = resolveWishes([wish], found, stored);
        resolved[wish.at] = answer.ids.get(wish.at) ?? null;
        problems.push(...answer.problems);
      }
    }
    return { values: resolved, problems };
  }
}

/** What is refused for a reference that nobody knows is not refused once more for being empty. */
function refusedToo(plan: RowPlan, problems: readonly RowProblem[]): RowPlan {
  if (problems.length === 0) return plan;
  const others = plan.outcome === 'invalid' ? plan.problems : [];
  const isNew = (other: RowProblem) => problems.every(({ field }) => field !== other.field);
  return { outcome: 'invalid', problems: [...problems, ...others.filter(isNew)] };
}

/** @throws Problem external_id_taken when another record of the rep has the external id */
export async function unlessTaken(
  table: RecordTable,
  externalId: unknown,
  language: Language,
  write: () => Promise<void>,
): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (violatedConstraint(cause) !== table.externalIdIndex) throw cause;
    const errors = [detailOf({ code: 'value_taken', field: 'externalId' }, language)];
    throw new Problem('external_id_taken', { params: { externalId: String(externalId) }, errors, cause });
  }
}
