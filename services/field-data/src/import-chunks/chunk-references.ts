import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FieldChange, Id } from '@muster/contracts';
import type { ChunkRow, RowDecision } from '@muster/import-model';
import type { RecordTable } from '../records/record-table.js';
import { tableOfEntity } from '../records/record-tables.js';
import { ReferenceRepository } from '../records/reference.repository.js';
import { idIn, KnownReferences, referenceColumns, type ReferenceColumn } from '../records/references.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';

/** What the rows of a chunk refer to, with one statement a column. */
@Injectable()
export class ChunkReferences {
  constructor(private readonly references: ReferenceRepository) {}

  /** For each of `columns`. */
  async known(
    manager: EntityManager,
    { repId }: Pick<ChunkContext, 'repId'>,
    columns: readonly ReferenceColumn[],
    rows: readonly ChunkRow[],
  ): Promise<KnownReferences[]> {
    const known: KnownReferences[] = [];
    for (const column of columns) {
      const texts = [...new Set(rows.flatMap(({ values }) => values[column.at] ?? []))].map(String);
      const ids = texts.flatMap((text) => idIn(text) ?? []);
      const found = texts.length > 0 ? await this.references.find(manager, tableOf(column), repId, texts, ids) : [];
      known.push(new KnownReferences(found));
    }
    return known;
  }

  /** Tells old and new references by the external ids that people know, where there are such. */
  async named(
    manager: EntityManager,
    { settings }: Pick<ChunkContext, 'settings'>,
    decisions: readonly RowDecision<StoredRow>[],
  ): Promise<RowDecision<StoredRow>[]> {
    let named = [...decisions];
    for (const column of referenceColumns(settings.fields)) {
      const changes = named.flatMap(({ plan }) => (plan.outcome === 'updated' ? plan.changes : []));
      const ids = changes.filter(({ field }) => field === column.field.id).flatMap(idsOf);
      if (ids.length === 0) continue;
      const names = await this.references.externalIds(manager, tableOf(column), [...new Set(ids)]);
      named = named.map((decision) => withNames(decision, column.field.id, names));
    }
    return named;
  }
}

function tableOf({ field }: ReferenceColumn): RecordTable {
  return tableOfEntity(field.references ?? '');
}

function idsOf({ from, to }: FieldChange): Id[] {
  return [from, to].filter((value): value is Id => typeof value === 'string');
}

function withNames(
  decision: RowDecision<StoredRow>,
  field: string,
  names: ReadonlyMap<Id, string>,
): RowDecision<StoredRow> {
  const { plan } = decision;
  if (plan.outcome !== 'updated') return decision;
  const changes = plan.changes.map((change) => (change.field === field ? named(change, names) : change));
  return { ...decision, plan: { ...plan, changes } };
}

/** By ids where both have one name: a record that came from another rep refers to a customer of that one's, and is to refer to ours. */
function named({ field, from, to }: FieldChange, names: ReadonlyMap<Id, string>): FieldChange {
  const nameOf = (value: FieldChange['from']) => (typeof value === 'string' ? (names.get(value) ?? value) : value);
  const change = { field, from: nameOf(from), to: nameOf(to) };
  return change.from === change.to ? { field, from, to } : change;
}
