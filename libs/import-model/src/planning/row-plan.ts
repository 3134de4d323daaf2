import type { FieldChange, RowProblem, importChunkOrdered, DataOf } from '@muster/contracts';
import type { CellValue, EntitySchema, FieldSchema, RowMode } from '../schema/field-schema.js';

/** How one mapped field is written, as in a work order. */
export type PlanColumn = DataOf<typeof importChunkOrdered>['columns'][number];
export type UpdateBehaviour = PlanColumn['behaviour'];
export type EmptyCell = PlanColumn['emptyCell'];

/** What all rows of an import share; made by `planSettings`, once per work order. */
export interface PlanSettings {
  readonly schema: EntitySchema;
  readonly mode: RowMode;
  readonly columns: readonly PlanColumn[];
  /** Fields whose values together tell which record a row means; in the order of `columns`. */
  readonly keys: readonly string[];
  /** The field of each column. */
  readonly fields: readonly FieldSchema[];
  /** Fields that no column feeds and that may be written. */
  readonly unmapped: readonly FieldSchema[];
  /** Columns that go together; see `EntitySchema.together`. */
  readonly pairs: readonly {
    readonly first: number;
    readonly second: number;
    readonly ids: readonly [string, string];
    readonly code: string;
  }[];
}

/** A record as its owner has it: its fields by their ids, in canonical form. `binned`: it is in the recycle bin. */
export type StoredRecord = Readonly<Record<string, CellValue | undefined>> & {
  readonly id: string;
  readonly binned?: boolean;
};

/** What is to become of one row. `ignored` and `invalid` are written nowhere. */
export type RowPlan =
  | { readonly outcome: 'created'; readonly values: Readonly<Record<string, CellValue>> }
  | {
      readonly outcome: 'updated';
      readonly id: string;
      /** Fields to write; the rest stays. */
      readonly set: Readonly<Record<string, CellValue>>;
      readonly changes: readonly FieldChange[];
      /** The record comes back from the recycle bin. */
      readonly restored: boolean;
    }
  | { readonly outcome: 'unchanged'; readonly id: string }
  | { readonly outcome: 'ignored'; readonly id?: string; readonly problems: readonly RowProblem[] }
  | { readonly outcome: 'invalid'; readonly id?: string; readonly problems: readonly RowProblem[] };
