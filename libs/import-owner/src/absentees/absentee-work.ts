import type { EntityManager } from 'typeorm';
import type { DataOf, Id, importAbsenteesOrdered } from '@muster/contracts';

/** An order about those who are absent from the file of a sync. */
export type AbsenteesOrder = DataOf<typeof importAbsenteesOrdered>;

/** What became of some absentees. Whoever is in neither list was gone already, or has changed so that it stays. */
export interface Removal {
  readonly removed: readonly Id[];
  /** Those that a rule keeps. */
  readonly passedOver: readonly { readonly recordId: Id; readonly code: string }[];
}

/** One order about absentees being carried out by the owner of what it is about. */
export interface AbsenteeWork {
  /** A table with a change log, `id`, `company_id` and, where the order names a rep, `rep_id`. */
  readonly table: string;
  /** SQL about a row `t` of it: it is there, and could go. */
  readonly there: string;
  /** SQL about `old`, the jsonb of a row in the change log, and `$3`, the rep: it was there, and the rep's. */
  readonly wasThere: string;
  /**
   * The first statements of a unit of work.
   * @returns the code of a rule that keeps all who are meant here, whatever was noted; null: they may go
   */
  begin(manager: EntityManager): Promise<string | null>;
  /** Of the named ones, lets those go that are still there, and tells the world. */
  remove(manager: EntityManager, ids: readonly Id[]): Promise<Removal>;
}
