import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { FieldChange, Id } from '@muster/contracts';
import type { ChunkRow, RowDecision } from '@muster/import-model';
import type { RecordTable } from '../records/record-table.js';
import { tableOfEntity } from '../records/record-tables.js';
import { ReferenceRepository } from '../records/reference.repository.js';
import { referenceVariants } from '../records/reference-variants.js';
import { idIn, KnownReferences, referenceColumns, type ReferenceColumn } from '../records/references.js';
import type { StoredRow } from '../records/stored-row.js';
import type { ChunkContext } from './chunk-context.js';

/** Texts of a chunk that something is looked for which they may mean. */
const LOOKED_FOR = 50;

/** What the rows of a chunk refer to, with one statement a column, or two where something is not there. */
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
      const plain = new KnownReferences(found);
      const missing = texts.filter((text) => plain.idOf(text) === undefined && idIn(text) === undefined);
      known.push(new KnownReferences(found, await this.near(manager, column, repId, missing)));
    }
    return known;
  }

  /** What texts may mean that name nothing; a column of them is another mistake than a few. */
  private async near(
    manager: EntityManager,
    column: ReferenceColumn,
    repId: Id,
    texts: readonly string[],
  ): Promise<ReadonlyMap<string, string>> {
    const variants = new Map(texts.slice(0, LOOKED_FOR).map((text) => [text, referenceVariants(text)]));
    const all = [...new Set([...variants.values()].flat())];
    const found = all.length > 0 ? await this.references.find(manager, tableOf(column), repId, all, []) : [];
    const there = new Set(found.map(({ externalId }) => externalId));
    const near = new Map<string, string>();
    for (const [text, meant] of variants) {
      const first = meant.find((variant) => there.has(variant));
      if (first !== undefined) near.set(text, first);
    }
    return near;
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
