import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { applyOrHalve } from '@muster/import-model';
import { isCausedByValues, withSavepoint } from '@muster/import-owner';
import { AccountBatch } from '../users/account-batch.js';
import type { AccountChange, BatchOptions, BatchOutcome } from '../users/batch/batch-item.js';
import type { AccountResult } from './tally.js';

/** `inHalves`: after it failed together, so that only those fail that do by themselves. */
export type WriteHow = 'together' | 'inHalves';

export interface PlannedStep {
  readonly items: readonly AccountChange[];
  readonly outcomes: readonly BatchOutcome[];
  readonly options: BatchOptions;
  readonly how: WriteHow;
}

@Injectable()
export class MassChangeWriter {
  constructor(private readonly batch: AccountBatch) {}

  /** @returns what became of the items, in their order */
  async write(
    manager: EntityManager,
    companyId: Id,
    { items, outcomes, options, how }: PlannedStep,
  ): Promise<readonly AccountResult[]> {
    if (how === 'together') {
      await this.batch.write(manager, outcomes, options);
      return outcomes;
    }
    const parts = await applyOrHalve<AccountChange, readonly AccountResult[]>(
      items,
      (some) => withSavepoint(manager, () => this.attempt(manager, companyId, some, options)),
      isCausedByValues,
      () => [{ outcome: 'failed' }],
    );
    return parts.flat();
  }

  private async attempt(
    manager: EntityManager,
    companyId: Id,
    items: readonly AccountChange[],
    options: BatchOptions,
  ): Promise<readonly AccountResult[]> {
    const outcomes = await this.batch.apply(manager, companyId, items, options);
    // What the database checks at the end it is to check now, as long as there is something to go back to.
    await manager.query('set constraints all immediate');
    await manager.query('set constraints all deferred');
    return outcomes;
  }
}
