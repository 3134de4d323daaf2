import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { ChunkEffect, ChunkRow } from '@muster/import-model';
import type { Scope } from '@muster/persistence';
import type { AbsenteesOrder, AbsenteeWork } from './absentees/absentee-work.js';
import type { ChunkOrder } from './chunk-order.js';

/** What a service gives to carry out work orders of imports: how matches are found, how rows are written, and how what is absent goes. */
export interface ChunkOwner {
  /** Whether orders of this entity are for this service; others are some other service's. */
  owns(entity: string): boolean;
  /** @throws Error when this build does not know the entity or one of the fields: then all of the rows fail */
  begin(scope: Scope, order: ChunkOrder): ChunkWork | Promise<ChunkWork>;
  /** @throws Error when this build does not know the entity */
  absentees(scope: Scope, order: AbsenteesOrder): AbsenteeWork;
}

/** One work order being carried out. */
export interface ChunkWork {
  /** The first statement of a unit of work that writes, where writers must queue. */
  lock?(manager: EntityManager): Promise<void>;
  /** What a run would answer, were it to come now. Writes nothing. */
  plan(manager: EntityManager, rows: readonly ChunkRow[]): Promise<ChunkEffect>;
  /**
   * Writes rows; several times per order when some of them fail. What it throws because of the rows' values is taken back to
   * a savepoint: a deferred constraint is to be checked before it returns.
   */
  write(manager: EntityManager, rows: readonly ChunkRow[]): Promise<ChunkEffect>;
  /** What rows stand for, whatever is wrong with them. */
  present(manager: EntityManager, rows: readonly ChunkRow[]): Promise<Id[]>;
  /** Tells the world what was written, once per order, in the same unit of work. */
  announce?(manager: EntityManager, effects: readonly ChunkEffect[]): Promise<void>;
}

/** The token by which a service provides its {@link ChunkOwner}. */
export const CHUNK_OWNER = Symbol('owner of importable things');
